import Bytes
import GuestRuntime
import RISCV
import TestSupport
import Testing

/// Compiled guests under a compiled kernel, judged by an executor in Python that was written from the
/// description of the machine.
@Suite struct RISCZeroV2Tests {
    private let input = GuestInput(
        stdin: (0..<9000).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) },
        randomSeed: Hash32(words: 1, 2, 3, 4))

    /// Every environment call: journal, console, exit code, cycles and instructions.
    @Test func callsMatchPython() throws {
        let file = try Version2Files.compiled(user: "calls")
        let program = try GuestProgram(elf: file, vm: .risc0)
        let outcome = program.run(input: input, maxCycles: 1 << 30)
        #expect(outcome.status == .succeeded)
        #expect(outcome.exitCode == 9)
        #expect(try Version2Judge.lines(file, input) == [Version2Judge.text(outcome)])
        #expect(outcome.output.count > 1600)
    }

    /// The limit fires before the same instruction: with every limit while the kernel starts and answers
    /// the first call, and near the end.
    @Test func limitsMatchPython() throws {
        let file = try Version2Files.compiled(user: "calls")
        let program = try GuestProgram(elf: file, vm: .risc0)
        let cost = program.run(input: input, maxCycles: 1 << 30).cycles
        let limits = Array(UInt64(0)...400)
        let expected = try Version2Judge.lines(file, input, limits: limits)
        for (limit, line) in zip(limits, expected) {
            let outcome = program.run(input: input, maxCycles: limit)
            #expect(Version2Judge.text(outcome) == line, "limit \(limit)")
        }
        let last = [cost - 3, cost - 2, cost - 1, cost]
        let ends = last.map { program.run(input: input, maxCycles: $0) }
        // The last instruction costs two, and is not executed when one is left.
        #expect(ends.map(\.status.isSuccess) == [false, false, false, true])
        for end in ends[1...2] {
            #expect(end.failure?.cause == .cycleLimitExceeded)
            #expect(end.cycles == cost - 2)
        }
        #expect(ends[1].failure?.pc == ends[2].failure?.pc)
        #expect(ends[1].instructions == ends[2].instructions)
        #expect(ends[3].cycles == cost)
    }

    /// Both engines, at limits all over the run: the user's program translated, the kernel interpreted.
    @Test func enginesAgree() throws {
        let program = try GuestProgram(elf: Version2Files.compiled(user: "calls"), vm: .risc0)
        #expect(program.engine == .translator || !Translator.isAvailable)
        let cost = program.run(input: input, maxCycles: 1 << 30).cycles
        var limits = [cost - 2, cost - 1, cost, 1 << 30]
        var random = SeededRandom(seed: 31)
        for _ in 0..<150 { limits.append(UInt64.random(in: 0..<cost, using: &random)) }
        for limit in limits {
            let translated = program.run(input: input, maxCycles: limit)
            let interpreted = program.run(input: input, maxCycles: limit, engine: .interpreter)
            #expect(translated == interpreted, "limit \(limit)")
        }
    }

    /// A program that knows nothing of the kernel: the same journal as under v1.
    @Test func firstVersionsProgramsRunUnderAKernel() throws {
        let elf = try Version2Files.compiled("mixed")
        let first = try GuestProgram(elf: elf, vm: .risc0)
        let file = Version2Files.container(user: elf, kernel: try Version2Files.compiled("kernel"))
        let second = try GuestProgram(elf: file, vm: .risc0)
        let outcome = second.run(input: input, maxCycles: 1 << 30)
        #expect(outcome.status == .succeeded)
        #expect(outcome.output == first.run(input: input, maxCycles: 1 << 30).output)
        #expect(outcome.output.count == 32)
        // One cycle for each instruction, and what the kernel's calls cost beyond theirs.
        #expect(outcome.cycles > outcome.instructions)
        #expect(outcome.cycles < outcome.instructions + 100)
    }
}

extension GuestOutcome.Status {
    var isSuccess: Bool { self == .succeeded }
}
