import RISCV
import TestSupport

/// Runs two machines side by side and looks for the first difference.
struct Lockstep {
    /// How far the machines go between two looks.
    enum Stride: CaseIterable {
        /// To the end of the block, as far as a translator may see it.
        case blocks
        /// One to seven cycles, or so many behind a block.
        case steps
        /// One to some thousands of cycles: many small ones, few large ones.
        case mixed
        /// To the end.
        case whole
    }

    /// What became of a comparison.
    struct Outcome {
        /// What is different; nil when nothing is.
        var difference: String?
        /// How the program ended, if it did.
        var exit: MachineExit = .cycleLimit
        var cycles: Int64 = 0
        var instructions: UInt64 = 0
    }

    let loaded: LoadedProgram
    let first: any ComparedMachine
    let second: any ComparedMachine

    /// Two machines that were made of `loaded` just now.
    init(
        _ loaded: LoadedProgram, _ first: any ComparedMachine, _ second: any ComparedMachine
    ) {
        self.loaded = loaded
        self.first = first
        self.second = second
    }

    /// Runs until the programs end, differ or have taken `cycleCountMax` cycles.
    func run(cycleCountMax: Int64, stride: Stride, seed: UInt64) -> Outcome {
        HangWatch.watch("\(loaded.name), \(stride), at most \(cycleCountMax) cycles") {
            compare(cycleCountMax, stride, seed)
        }
    }

    private func compare(_ cycleCountMax: Int64, _ stride: Stride, _ seed: UInt64) -> Outcome {
        var random = SeededRandom(seed: seed)
        var outcome = Outcome()
        var host = HostCalls(loaded)
        var looks = 0
        while true {
            // Not above zero when the last instruction cost more than was left.
            let budget = min(cycleCountMax - outcome.cycles, length(stride, &random))
            let before = first.remainingCycles
            for machine in [first, second] { machine.remainingCycles = before + budget }
            let exits = (first.run(), second.run())
            outcome.cycles += before + budget - first.remainingCycles
            outcome.instructions = first.instructionCount
            outcome.exit = exits.0
            looks += 1
            let looksEverywhere = looks % 64 == 0 || stride == .whole
            outcome.difference =
                difference(exits)
                ?? loaded.windows.difference(first, second, everywhere: looksEverywhere)
            if outcome.difference != nil { break }
            switch exits.0 {
            case .fault: return finished(outcome)
            case .environmentCall: host.answer(first, second)
            case .cycleLimit: if outcome.cycles >= cycleCountMax { return finished(outcome) }
            }
        }
        return finished(outcome)
    }

    private func finished(_ outcome: Outcome) -> Outcome {
        var outcome = outcome
        let atEnd = loaded.windows.difference(first, second, everywhere: true)
        if let found = outcome.difference ?? atEnd {
            outcome.difference =
                "\(loaded.name): \(first.engineName) and \(second.engineName) differ after "
                + "\(outcome.cycles) cycles, \(outcome.instructions) instructions: \(found)"
        }
        return outcome
    }

    private func length(_ stride: Stride, _ random: inout SeededRandom) -> Int64 {
        // The limit is looked at before an instruction: what was overdrawn has to be paid first.
        let overdrawn = max(0, -first.remainingCycles)
        switch stride {
        case .blocks: return overdrawn + pathCost(from: first.pc) + untranslated
        case .steps:
            let few = overdrawn + Int64(1 + random.number(7))
            return random.isOne(in: 2) ? few : few + pathCost(from: first.pc) + untranslated
        case .mixed: return Int64(1 + random.number(1 << (2 + random.number(12))))
        case .whole: return .max
        }
    }

    /// The cycles that translated code leaves to the interpreter.
    private var untranslated: Int64 { loaded.compiled?.remainingCyclesMin ?? 0 }

    /// The cost of what a translator may take for one block: straight on, through branches forward, to the
    /// next jump.
    private func pathCost(from pc: UInt32) -> Int64 {
        let (code, distance) = (loaded.code, Int64(pc) - Int64(loaded.code.base))
        var index = Int(distance) / 4
        guard distance >= 0, index < code.costs.count - 1 else { return 1 }
        var cost: Int64 = 0
        while index < code.costs.count - 1, cost < Self.pathCostMax {
            cost += Int64(code.costs[index].cycles)
            index += Int(code.costs[index].instructionCount)
            let last = code.instructions[index - 1]
            let isBranch = [.beq, .bne, .blt, .bge, .bltu, .bgeu].contains(last.operation)
            guard isBranch, Int32(bitPattern: last.immediate) > 0 else { break }
        }
        return max(1, cost)
    }

    /// Longer than any block that is paid for at once.
    private static let pathCostMax: Int64 = 2000

    private func difference(_ exits: (MachineExit, MachineExit)) -> String? {
        if exits.0 != exits.1 { return "\(exits.0) and \(exits.1) at pc \(hex(first.pc))" }
        if first.pc != second.pc { return "pc \(hex(first.pc)) and \(hex(second.pc))" }
        if first.remainingCycles != second.remainingCycles {
            return "\(first.remainingCycles) and \(second.remainingCycles) cycles left"
        }
        if first.instructionCount != second.instructionCount {
            return "\(first.instructionCount) and \(second.instructionCount) instructions"
        }
        let registers = (first.registers, second.registers)
        for index in 0..<32 where registers.0[index] != registers.1[index] {
            let values = "\(hex(registers.0[index])) and \(hex(registers.1[index]))"
            return "x\(index) \(values) at pc \(hex(first.pc))"
        }
        if !first.touchedByteCounts.overlaps(second.touchedByteCounts) {
            return "\(first.touchedByteCounts) and \(second.touchedByteCounts) bytes written to"
        }
        return nil
    }
}

/// A number as messages show it.
func hex(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }
