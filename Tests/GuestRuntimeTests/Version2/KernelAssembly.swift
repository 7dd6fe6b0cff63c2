import GuestRuntime
import TestSupport

/// Kernels assembled by hand. s0 to s3 hold the addresses of the machine's words, the kernel's data, the
/// user's memory and a sum.
enum KernelAssembly {
    static let s0: UInt32 = 8
    static let s1: UInt32 = 9
    static let a7: UInt32 = 17
    static let s3: UInt32 = 19
    static let mret: UInt32 = 0x3020_0073
    static let data: UInt32 = 0xC001_0000

    /// The addresses.
    static let start =
        Assembler.li(s0, 0xFFFF_0000) + Assembler.li(s1, data)
        + Assembler.li(X.s2, GuestAssembly.data)

    /// A call of the machine's: number, then a0 and on.
    static func call(_ number: UInt32, _ arguments: UInt32...) -> [UInt32] {
        var text: [UInt32] = []
        for (index, argument) in arguments.enumerated() {
            text += Assembler.li(X.a0 + UInt32(index), argument)
        }
        return text + Assembler.li(a7, number) + [Assembler.ecall]
    }

    /// Stores a word.
    static func set(_ address: UInt32, _ value: UInt32) -> [UInt32] {
        Assembler.li(X.t0, address) + Assembler.li(6, value) + [Assembler.store(2, 6, 0, X.t0)]
    }

    static let terminate = call(0, 5 << 16)

    /// Ends with the lower 16 bits of a register as the exit code.
    static func terminate(_ register: UInt32) -> [UInt32] {
        [Assembler.immediate(0x13, 1, X.a0, register, 16)] + Assembler.li(a7, 0)
            + [Assembler.ecall]
    }

    /// Goes to the user's first instruction, with the handler of environment calls at the address.
    static func enterUser(handler: UInt32 = 0xC000_0400) -> [UInt32] {
        set(0xFFFF_1000, handler) + set(0xFFFF_0200, ELFBuilder.textStart - 4) + [mret]
    }

    /// A container of a kernel and a user's text.
    static func file(_ kernel: [UInt32], user: [UInt32] = [Assembler.ecall]) -> [UInt8] {
        Version2Files.container(
            user: Version2Files.user(user), kernel: Version2Files.kernel(kernel))
    }

    /// A container whose kernel has its handler 1 KiB behind its start.
    static func file(_ kernel: [UInt32], handler: [UInt32], user: [UInt32]) -> [UInt8] {
        let gap = [UInt32](repeating: 0x13, count: 256 - kernel.count)
        return file(kernel + gap + handler, user: user)
    }

    static func run(_ file: [UInt8], maxCycles: UInt64 = 1 << 20) throws -> GuestOutcome {
        try GuestProgram(elf: file, vm: .risc0).run(input: GuestInput(), maxCycles: maxCycles)
    }
}
