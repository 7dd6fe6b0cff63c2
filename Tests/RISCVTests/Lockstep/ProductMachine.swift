import RISCV

/// The machine that guests run on, with one of its engines.
final class ProductMachine: ComparedMachine {
    /// How the machine is driven.
    enum Drive: String, CaseIterable {
        /// Block by block.
        case interpreter
        /// One instruction at a time, whatever the engine.
        case stepwise
        /// Translated code, as far as it goes.
        case translator
        /// Translated code, entered anew whenever it can be.
        case paths
    }

    private var machine: Machine
    private let drive: Drive
    private let loan: Loan

    /// Gives the reservation back when the machine is gone: properties end in the order of their
    /// declaration.
    private final class Loan {
        let reservation: GuestReservation

        init(withOpenUnits: Bool) throws {
            reservation = try ReservationPool.take(withOpenUnits: withOpenUnits)
        }

        deinit { ReservationPool.giveBack(reservation) }
    }

    init(_ loaded: LoadedProgram, _ drive: Drive) throws {
        // Programs with a cap of their own meet it: what is written to has to be counted exactly.
        let isUncapped =
            loaded.setup.memoryByteCountMax == MachineSetup.sp1.memoryByteCountMax
        let loan = try Loan(withOpenUnits: isUncapped)
        machine = try Machine(
            image: loaded.image, code: loaded.code, rules: loaded.setup.rules,
            memoryByteCountMax: loaded.setup.memoryByteCountMax, cycleLimit: 0,
            reservation: loan.reservation,
            translated: drive == .translator || drive == .paths
                ? try Self.translated(loaded) : nil)
        if drive == .paths { machine.limitSlices(toCycles: 1) }
        self.loan = loan
        self.drive = drive
        for index in loaded.registers.indices where index > 0 {
            machine.state.registers[UInt8(index)] = loaded.registers[index]
        }
    }

    /// The program's code, and a context to run it in; nil where code cannot run.
    private static func translated(
        _ loaded: LoadedProgram
    ) throws -> (program: CompiledProgram, context: GuestContext)? {
        try loaded.compiled.map { ($0, try GuestContext()) }
    }

    var engineName: String { drive.rawValue }

    var pc: UInt32 {
        get { machine.state.pc }
        set { machine.state.pc = newValue }
    }

    var remainingCycles: Int64 {
        get { machine.state.remainingCycles }
        set { machine.state.remainingCycles = newValue }
    }

    var instructionCount: UInt64 {
        get { machine.state.instructionCount }
        set { machine.state.instructionCount = newValue }
    }

    var registers: [UInt32] { machine.state.registers.values }

    var touchedByteCount: Int { machine.memory.touchedByteCount }

    var doubtfulByteCount: Int { machine.memory.doubtfulByteCount }

    func setRegister(_ index: UInt8, _ value: UInt32) { machine.state.registers[index] = value }

    func run() -> MachineExit {
        guard drive == .stepwise else { return machine.run() }
        var left = machine.state.remainingCycles
        while left > 0 {
            machine.state.remainingCycles = 1
            let exit = machine.run()
            left -= 1 - machine.state.remainingCycles
            guard exit == .cycleLimit else {
                machine.state.remainingCycles = left
                return exit
            }
        }
        machine.state.remainingCycles = left
        return .cycleLimit
    }

    func bytes(_ address: UInt32, _ byteCount: Int) -> [UInt8]? {
        // Outside is an answer here, not an error.
        try? machine.memory.read(address, byteCount: UInt64(byteCount))
    }

    func write(_ address: UInt32, _ bytes: [UInt8]) -> Bool {
        guard let wroteText = try? machine.memory.write(address, bytes.span) else { return false }
        if wroteText { machine.textIsModified = true }
        return true
    }

    func takeOrRestoreSnapshot() {
        if machine.memory.hasSnapshot {
            machine.memory.restoreSnapshot()
        } else {
            machine.memory.takeSnapshot()
        }
    }
}
