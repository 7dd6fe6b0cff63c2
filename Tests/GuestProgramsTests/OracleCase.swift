import Bytes
import GuestRuntime
import Testing

/// One line of an oracle: a program, its inputs, and what must come out; nil where the job must
/// fail.
struct OracleCase: Sendable {
    let program: String
    let onchainInput: [UInt8]
    let offchainInput: [UInt8]
    let state: [UInt8]
    let output: [UInt8]?

    init(_ line: String) throws {
        let fields = line.split(separator: " ").map(String.init)
        try #require(fields.count == 5)
        program = fields[0]
        onchainInput = try Self.bytes(fields[1])
        offchainInput = try Self.bytes(fields[2])
        state = try Self.bytes(fields[3])
        output = fields[4] == "fail" ? nil : try Self.bytes(fields[4])
    }

    private static func bytes(_ field: String) throws -> [UInt8] {
        field == "." ? [] : try #require(Hex.decode(field))
    }

    /// The case as a job of dialect A.
    func input(_ vm: GuestVM) -> GuestInput {
        GuestInput.job(
            vm: vm, onchainInput: onchainInput, offchainInput: offchainInput, state: state)
    }

    /// Runs the case with every engine, which must not make a difference.
    func run(_ vm: GuestVM, precompiles: Bool = true) throws -> GuestOutcome {
        let built = try GuestPrograms.program(program, vm, precompiles: precompiles)
        let outcome = built.run(input: input(vm), maxCycles: 1 << 32, engine: .interpreter)
        for engine in Engine.allCases where engine != .interpreter {
            let other = built.run(input: input(vm), maxCycles: 1 << 32, engine: engine)
            #expect(other == outcome, "\(program) \(vm.name) \(engine)")
        }
        return outcome
    }

    /// Runs the case and compares. A program that fails must say so itself: SP1 by its exit code,
    /// RISC Zero by a panic, since hosts ignore its exit code.
    func check(_ vm: GuestVM, precompiles: Bool = true) throws {
        let outcome = try run(vm, precompiles: precompiles)
        let text = Hex.encode([UInt8](onchainInput.prefix(200)))
        if let output {
            #expect(outcome.status == .succeeded, "\(program) \(vm.name) \(text)")
            #expect(outcome.output == output, "\(program) \(vm.name) \(text)")
        } else {
            let cause = vm == .sp1 ? GuestFailure.Cause.nonZeroExit : .guestPanicked
            #expect(outcome.failure?.cause == cause, "\(program) \(vm.name) \(text)")
        }
    }
}
