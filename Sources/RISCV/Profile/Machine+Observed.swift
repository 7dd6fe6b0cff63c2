extension Machine {
    /// `run`, told to an observer block by block: the interpreter gets the cycles of one block at a time.
    /// Inside the observer's window it gets one instruction at a time.
    package mutating func run(observer: inout ExecutionObserver) -> MachineExit {
        let code = self.code
        while true {
            let distance = state.pc &- code.base
            guard !textIsModified, distance < code.byteCount, distance & 3 == 0 else {
                if let exit = observedStep(&observer) { return exit }
                continue
            }
            let cost = code.costs[Int(distance >> 2)]
            let fits = state.remainingCycles >= Int64(cost.cycles)
            guard fits, observer.takesWholeBlock(cost) else {
                if let exit = observedStep(&observer) { return exit }
                continue
            }
            if let exit = observedBlock(code, cost, &observer) { return exit }
        }
    }

    /// Executes the block at the pc, which can be paid for.
    private mutating func observedBlock(
        _ code: CodeImage, _ cost: CodeImage.Cost, _ observer: inout ExecutionObserver
    ) -> MachineExit? {
        let start = state.pc
        let before = (cycles: state.remainingCycles, count: state.instructionCount)
        let lent = before.cycles - Int64(cost.cycles)
        state.remainingCycles = Int64(cost.cycles)
        // With no cycle left it comes back before the next block, which costs at least one.
        let exit = interpret(code.instructions.span, code.costs.span, base: code.base)
        state.remainingCycles += lent
        let count = UInt32(truncatingIfNeeded: state.instructionCount &- before.count)
        let last = (start &- code.base) / 4 &+ max(count, 1) &- 1
        observer.ran(
            from: start, count: count, cycles: UInt64(before.cycles - state.remainingCycles),
            last: code.instructions[Int(last)], target: state.pc,
            stackPointer: state.registers[2])
        switch exit {
        case .environmentCall: return .environmentCall
        case .fault(let fault):
            observer.stopped(code.instruction(at: state.pc), state)
            return .fault(fault)
        case .textWritten: textIsModified = true
        case .blockOverBudget, .outsideCode, .instructionLeft, .blockLeft: break
        }
        return nil
    }

    /// Executes the instruction at the pc.
    private mutating func observedStep(_ observer: inout ExecutionObserver) -> MachineExit? {
        let start = state.pc
        let before = (cycles: state.remainingCycles, count: state.instructionCount)
        guard before.cycles > 0, let instruction = fetch(start) else {
            observer.stopped(fetch(start), state)
            return step()
        }
        observer.willStep(instruction, state)
        // No more than this instruction's, in case it jumps to itself.
        let own = Int64(code.model.cycles(of: instruction.operation))
        let lent = max(0, before.cycles - own)
        state.remainingCycles -= lent
        let exit = step()
        state.remainingCycles += lent
        guard state.instructionCount != before.count else {
            observer.didNotStep()
            return exit
        }
        observer.ran(
            from: start, count: 1, cycles: UInt64(before.cycles - state.remainingCycles),
            last: instruction, target: state.pc, stackPointer: state.registers[2])
        if exit != .environmentCall { observer.didStep(state) }
        return exit
    }
}
