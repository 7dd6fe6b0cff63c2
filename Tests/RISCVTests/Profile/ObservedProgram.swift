import RISCV
import TestSupport

/// A program of named functions, run under an observer by a host that charges ten cycles for each call.
struct ObservedProgram {
    enum Item {
        case word(UInt32)
        case words([UInt32])
        /// JAL to the start of a function.
        case jump(UInt32, String)
    }

    /// What came of a run.
    struct Result {
        let profile: ExecutionProfile
        let traced: [TracedInstruction]
        let exit: MachineExit
        let cycles: UInt64
        let instructions: UInt64
        let registers: [UInt32]
        let stepCount: UInt64

        /// Folded stacks: names from the outermost on, and the cycles of the innermost.
        var folded: [String: UInt64] {
            var folded: [String: UInt64] = [:]
            for node in profile.stacks where node.cycles > 0 {
                var names: [String] = []
                var above = node
                while above.parent >= 0 {
                    names.append(profile.functions[above.function].name)
                    above = profile.stacks[above.parent]
                }
                folded[names.reversed().joined(separator: ";"), default: 0] += node.cycles
            }
            return folded
        }

        func function(_ name: String) -> ExecutionProfile.Function? {
            profile.functions.first { $0.name == name }
        }
    }

    static let start = ELFBuilder.textStart
    static let callCost: Int64 = 10

    let text: [UInt32]
    let symbols: ELFSymbols
    var rules = ELFRules.sp1
    var cycleLimit: Int64 = 100_000_000

    init(_ functions: [(name: String, items: [Item])]) {
        var addresses: [String: UInt32] = [:]
        var symbols: [ELFSymbols.Symbol] = []
        var address = Self.start
        for function in functions {
            let count = function.items.reduce(UInt32(0)) { $0 + $1.wordCount }
            addresses[function.name] = address
            symbols.append(.init(address: address, byteCount: count * 4, name: function.name))
            address += count * 4
        }
        var text: [UInt32] = []
        for item in functions.flatMap(\.items) {
            switch item {
            case .word(let word): text.append(word)
            case .words(let words): text += words
            case .jump(let link, let name):
                let here = Self.start + UInt32(text.count) * 4
                text.append(
                    Assembler.jal(link, Int32(bitPattern: (addresses[name] ?? here) &- here)))
            }
        }
        self.text = text
        self.symbols = ELFSymbols(symbols: symbols)
    }

    init(text: [UInt32], symbols: ELFSymbols = .none) {
        self.text = text
        self.symbols = symbols
    }

    private func code() throws -> CodeImage {
        try CodeImage(
            ELFImage(parsing: ELFBuilder(text: text).file(), rules: rules),
            model: rules == .sp1 ? .uniform : .riscZero, rules: rules)
    }

    private func machine() throws -> Machine {
        let image = try ELFImage(parsing: ELFBuilder(text: text).file(), rules: rules)
        return try Machine(
            image: image, code: code(), rules: rules, memoryByteCountMax: 1 << 22,
            cycleLimit: cycleLimit, reservation: GuestReservation())
    }

    /// Runs until a fault or the limit, answering every call.
    func run(trace: TraceWindow? = nil) throws -> Result {
        var machine = try machine()
        var observer = ExecutionObserver(code: try code(), symbols: symbols, trace: trace)
        func used(_ machine: borrowing Machine) -> UInt64 {
            UInt64(cycleLimit - machine.state.remainingCycles)
        }
        while true {
            observer.willRun(cycles: used(machine), isCharged: true, machine.state)
            let exit = machine.run(observer: &observer)
            guard exit == .environmentCall else {
                observer.finish(
                    cycles: used(machine), instructions: machine.state.instructionCount,
                    failed: true)
                return Result(
                    profile: observer.profile(), traced: observer.traced(), exit: exit,
                    cycles: used(machine), instructions: machine.state.instructionCount,
                    registers: machine.state.registers.values, stepCount: observer.stepCount)
            }
            observer.called("call", machine.state)
            machine.state.remainingCycles -= Self.callCost
            machine.state.registers[10] &+= 1
            machine.state.pc += 4
        }
    }

    /// The same without an observer.
    func runUnobserved() throws -> (exit: MachineExit, cycles: UInt64, registers: [UInt32]) {
        var machine = try machine()
        while true {
            let exit = machine.run()
            guard exit == .environmentCall else {
                let cycles = UInt64(cycleLimit - machine.state.remainingCycles)
                return (exit, cycles, machine.state.registers.values)
            }
            machine.state.remainingCycles -= Self.callCost
            machine.state.registers[10] &+= 1
            machine.state.pc += 4
        }
    }
}

extension ObservedProgram.Item {
    var wordCount: UInt32 {
        if case .words(let words) = self { UInt32(words.count) } else { 1 }
    }
}
