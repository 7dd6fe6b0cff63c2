import Bytes
import GuestRuntime
import TestSupport
import Testing

/// Register numbers, by their names in the calling convention.
enum X {
    static let t0: UInt32 = 5
    static let a0: UInt32 = 10
    static let a1: UInt32 = 11
    static let a2: UInt32 = 12
    static let a3: UInt32 = 13
    static let a4: UInt32 = 14
    static let a5: UInt32 = 15
    static let s2: UInt32 = 18
}

/// Small guests, assembled by hand.
enum GuestAssembly {
    static let data: UInt32 = 0x0030_0000

    /// Sets t0 to the number and a0 on to the arguments, then calls.
    static func call(_ number: UInt32, _ arguments: UInt32...) -> [UInt32] {
        var text: [UInt32] = []
        for (index, argument) in arguments.enumerated() {
            text += Assembler.li(X.a0 + UInt32(index), argument)
        }
        return text + Assembler.li(X.t0, number) + [Assembler.ecall]
    }

    static let sp1Halt = call(0, 0)

    /// Writes the word in a register to the data area and from there to the output, then halts.
    static func sp1Commit(_ register: UInt32, fd: UInt32 = 13) -> [UInt32] {
        Assembler.li(X.s2, data) + [Assembler.store(2, register, 0x400, X.s2)]
            + call(2, fd, data + 0x400, 4) + sp1Halt
    }

    static func program(
        _ vm: GuestVM, _ text: [UInt32], data bytes: [UInt8] = []
    ) throws -> GuestProgram {
        var builder = ELFBuilder(text: text, dataAt: data)
        builder.segments[1].bytes = bytes
        return try GuestProgram(elf: builder.file(), vm: vm)
    }

    /// Runs with every engine, which must not make a difference.
    static func run(
        _ vm: GuestVM, _ text: [UInt32], data bytes: [UInt8] = [], input: GuestInput = GuestInput(),
        maxCycles: UInt64 = 1_000_000
    ) throws -> GuestOutcome {
        let program = try program(vm, text, data: bytes)
        let outcome = program.run(input: input, maxCycles: maxCycles, engine: .interpreter)
        for engine in Engine.allCases where engine != .interpreter {
            let other = program.run(input: input, maxCycles: maxCycles, engine: engine)
            #expect(other == outcome, "\(engine)")
        }
        return outcome
    }
}
