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

    /// Memory that was written to, in whole units.
    var touchedByteCount: Int { get }

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

/// What the machines of a comparison run, and under which rules.
struct MachineSetup {
    var rules: ELFRules
    var model: CycleModel
    var memoryByteCountMax = 64 << 20

    static let sp1 = MachineSetup(rules: .sp1, model: .uniform)
    static let riscZero = MachineSetup(rules: .riscZero, model: .riscZero)
}

/// A program that was loaded once, for any number of machines.
struct LoadedProgram {
    let program: TestProgram
    let setup: MachineSetup
    let image: ELFImage
    let code: CodeImage
    let windows: MemoryWindows

    /// - Throws: `ELFError` when the rules refuse the program.
    init(_ program: TestProgram, _ setup: MachineSetup) throws {
        self.program = program
        self.setup = setup
        image = try ELFImage(parsing: program.elf(), rules: setup.rules)
        code = try CodeImage(image, model: setup.model, rules: setup.rules)
        windows = MemoryWindows(program, setup.rules)
    }
}
