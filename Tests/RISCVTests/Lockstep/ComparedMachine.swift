import RISCV
import TestSupport

/// A machine that is run piece by piece and looked at in between.
protocol ComparedMachine: AnyObject {
    /// For messages.
    var engineName: String { get }

    var pc: UInt32 { get set }
    var remainingCycles: Int64 { get set }
    var instructionCount: UInt64 { get set }

    /// x0 to x31.
    var registers: [UInt32] { get }

    /// Memory that was written to, in whole units, or may have been.
    var touchedByteCount: Int { get }

    /// How much of it may not have been written to.
    var doubtfulByteCount: Int { get }

    func setRegister(_ index: UInt8, _ value: UInt32)

    /// Runs until the host is needed.
    func run() -> MachineExit

    /// A copy of guest memory; nil when the range is not all guest memory.
    func bytes(_ address: UInt32, _ byteCount: Int) -> [UInt8]?

    /// A write by the host; false when the memory refuses it.
    func write(_ address: UInt32, _ bytes: [UInt8]) -> Bool

    /// Remembers memory as it is, or makes it as it was then: one of the two, by turns.
    func takeOrRestoreSnapshot()
}

extension ComparedMachine {
    /// What can be said of the memory that was written to.
    var touchedByteCounts: ClosedRange<Int> {
        touchedByteCount - doubtfulByteCount...touchedByteCount
    }
}

/// What the machines of a comparison run, and under which rules.
struct MachineSetup {
    var rules: ELFRules
    var model: CycleModel
    var memoryByteCountMax = 64 << 20

    static let sp1 = MachineSetup(rules: .sp1, model: .uniform)
    static let riscZero = MachineSetup(rules: .riscZero, model: .riscZero)

    /// RISC Zero v2 and v3, the user's part and the kernel's.
    static let riscZeroUser = MachineSetup(rules: .riscZeroUser, model: .uniform)
    static let riscZeroKernel = MachineSetup(rules: .riscZeroKernel, model: .uniform)

    /// Addresses near which something changes: the ends of memory, units, pages, signs.
    var borders: [UInt32] {
        [
            0, rules.dataLow, rules.dataLow + 0x400, rules.dataHigh, rules.dataHigh - 0x1_0000,
            0x1_0000, 0x0030_0000, 0x0030_0400, 0x0031_0000, 0x7fff_fff0, 0x8000_0000, 0xffff_fff0,
            ELFBuilder.textStart,
        ]
    }
}
