import Bytes
import GuestRuntime
import TestSupport

/// RISC Zero guests, assembled by hand. The names of the syscalls lie behind the first page of data.
struct RISCZeroAssembly {
    static let names = [
        "SYS_ARGC", "SYS_ARGV", "SYS_CYCLE_COUNT", "SYS_EXIT", "SYS_FORK", "SYS_GETENV",
        "SYS_KECCAK", "SYS_LOG", "SYS_PANIC", "SYS_PIPE", "SYS_RANDOM", "SYS_READ",
        "SYS_VERIFY_INTEGRITY", "SYS_WRITE", "SYS_EXECUTE_ZKR", "SYS_PROVE_ZKR", "SYS_PROVE_KECCAK",
        "SYS_NOTHING",
    ]
    let data = GuestAssembly.data

    /// The address of a name.
    func address(_ name: String) -> UInt32 {
        data + 1024 + UInt32(Self.names.firstIndex(of: name) ?? 0) * 64
    }

    func software(
        _ name: String, buffer: UInt32 = 0, words: UInt32 = 0, _ a3: UInt32 = 0, _ a4: UInt32 = 0,
        _ a5: UInt32 = 0
    ) -> [UInt32] {
        GuestAssembly.call(2, buffer, words, address(name), a3, a4, a5)
    }

    func commit(_ address: UInt32, _ count: UInt32) -> [UInt32] {
        software("SYS_WRITE", 3, address, count)
    }

    /// Ends with code 3 and a digest that is not zero: the first name.
    var halt: [UInt32] { GuestAssembly.call(0, 3 << 8, data + 1024) }

    /// Writes 7 to the pipe's writing end, 5, and to memory.
    var child: [UInt32] {
        Assembler.li(X.s2, data) + Assembler.li(20, 7) + [Assembler.store(2, 20, 20, X.s2)]
            + software("SYS_WRITE", 5, data + 20, 4) + software("SYS_EXIT")
    }

    var childByteCount: Int32 { Int32(child.count + 1) * 4 }

    var readPipe: [UInt32] { software("SYS_READ", buffer: data + 16, words: 1, 4, 4) }

    func run(
        _ text: [UInt32], data bytes: [UInt8] = [], stdin: [UInt8] = [], seed: Hash32 = .zero,
        maxCycles: UInt64 = 1_000_000
    ) throws -> GuestOutcome {
        try program(text, data: bytes).run(
            input: GuestInput(stdin: stdin, randomSeed: seed), maxCycles: maxCycles)
    }

    func program(_ text: [UInt32], data bytes: [UInt8] = []) throws -> GuestProgram {
        var all = bytes + [UInt8](repeating: 0, count: 1024 - bytes.count)
        for name in Self.names {
            let full = Array(("risc0_zkvm_platform::syscall::nr::" + name).utf8)
            all += full + [UInt8](repeating: 0, count: 64 - full.count)
        }
        return try GuestAssembly.program(.risc0, text, data: all)
    }
}
