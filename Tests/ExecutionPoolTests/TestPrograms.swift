import Bytes
import ExecutionPool
import GuestRuntime

/// Programs in machine code, small enough to be written here.
enum TestPrograms {
    /// Answers with its first input buffer.
    static let echo = image([
        addi(t0, x0, 0xf0), ecall,  // t0 = HINT_LEN
        addi(s0, t0, 0),
        lui(a0, 0x300), addi(a1, s0, 0), addi(t0, x0, 0xf1), ecall,  // HINT_READ(0x300000, s0)
        addi(a0, x0, 13), lui(a1, 0x300), addi(a2, s0, 0), addi(t0, x0, 2), ecall,  // WRITE
        addi(a0, x0, 0), addi(t0, x0, 0), ecall,  // HALT(0)
    ])

    /// Never ends.
    static let endless = image([0x0000_006f])

    /// Ends with exit code 3.
    static let failing = image([addi(a0, x0, 3), addi(t0, x0, 0), ecall])

    /// By id, as the node's registry has them.
    static let echoID = id(1)
    static let endlessID = id(2)
    static let failingID = id(3)
    static let unknownID = id(4)

    /// The same program under another id: `id(100 + n)` is `echo` too.
    static func id(_ number: UInt64) -> ProgramID {
        ProgramID(Hash32(words: number, 0, 0, 0))
    }

    @Sendable static func find(_ id: ProgramID) -> ProgramImage? {
        switch id.hash.word0 {
        case 1, 100...: echo
        case 2: endless
        case 3: failing
        default: nil
        }
    }

    private static let x0: UInt32 = 0
    private static let t0: UInt32 = 5
    private static let s0: UInt32 = 8
    private static let a0: UInt32 = 10
    private static let a1: UInt32 = 11
    private static let a2: UInt32 = 12
    private static let ecall: UInt32 = 0x0000_0073

    private static func addi(_ rd: UInt32, _ rs: UInt32, _ immediate: UInt32) -> UInt32 {
        immediate << 20 | rs << 15 | rd << 7 | 0x13
    }

    private static func lui(_ rd: UInt32, _ immediate: UInt32) -> UInt32 {
        immediate << 12 | rd << 7 | 0x37
    }

    /// An SP1 program of one segment, readable and executable, at the usual address.
    private static func image(_ code: [UInt32]) -> ProgramImage {
        let start: UInt32 = 0x0020_0800
        let headerByteCount: UInt32 = 52 + 32
        let codeByteCount = UInt32(4 * code.count)
        var elf: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        elf.append(littleEndian: 2 as UInt16)  // ET_EXEC
        elf.append(littleEndian: 243 as UInt16)  // EM_RISCV
        for word in [1, start, 52, 0, 0] as [UInt32] { elf.append(littleEndian: word) }
        for half in [52, 32, 1, 40, 0, 0] as [UInt16] { elf.append(littleEndian: half) }
        let segment = [1, headerByteCount, start, start, codeByteCount, codeByteCount, 5, 4]
        for word in segment + code { elf.append(littleEndian: word) }
        return ProgramImage(elf: elf, vm: .sp1)
    }
}
