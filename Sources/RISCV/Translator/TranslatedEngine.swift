import CMachine

/// Runs generated code for a machine, slice by slice, and makes sense of its exits.
struct TranslatedEngine {
    private let program: CompiledProgram
    private let context: GuestContext
    private var code: CompiledCode
    private var sampler: RunSampler

    /// The instruction at which the code may be entered although it is no entry, because everything before
    /// it was executed in order: what is known there holds. It is one behind an access, or where cycles are
    /// charged.
    private var resumable: Int?
    private var slowAccessCount = 0

    private let budget: CycleBudget
    /// The cycles that the code was given last.
    private var slice: Int64 = 0

    /// The most cycles that code is given at a time, but for those of one path.
    var sliceCyclesMax = CycleBudget.sliceCyclesMax

    init(_ program: CompiledProgram, _ context: GuestContext) {
        self.program = program
        self.context = context
        let (code, pictureCount) = program.best
        self.code = code
        budget = CycleBudget(code.code.model)
        sampler = RunSampler(
            instructionCount: code.translation.marks.count, pictureCount: pictureCount)
    }

    /// Whether the guest keeps doing what only the interpreter does quickly.
    var isOutpaced: Bool { slowAccessCount > TranslatorLimits.slowAccessCountMax }

    /// Runs from `state.pc` until the interpreter or the host is needed.
    mutating func run(_ state: inout MachineState, _ memory: borrowing GuestMemory) -> CodeExit {
        guard memory.reservation.closeEdges() else { return .fault(.hostRefused) }
        unsafe context.pointer.pointee.memory = UInt64(UInt(bitPattern: memory.bytes))
        while true {
            let distance = state.pc &- code.code.base
            guard distance < code.code.byteCount, distance & 3 == 0 else { return .outsideCode }
            let index = Int(distance) / 4
            guard isStackKept(state) else {
                slowAccessCount += 1
                return .blockLeft
            }
            guard state.remainingCycles >= code.remainingCyclesMin else { return .blockOverBudget }
            if sampler.isLooking {
                if sampler.arrive(at: index, code) { improve() }
                if sampler.isLooking { return .blockLeft }
            }
            guard isEnterable(index) else { return .blockLeft }
            let path = Int64(code.translation.charges.longestPath)
            let slice = max(path, min(sampler.nextSlice(), sliceCyclesMax))
            enter(&state, index, min(slice, state.remainingCycles - path))
            if let exit = leave(&state) { return exit }
        }
    }

    /// The interpreter executed one instruction; when it was the one that the code left, an access, and
    /// led to the next in order, the code may go on there.
    mutating func stepped(to pc: UInt32) {
        guard let before = resumable else { return }
        let next = code.code.base &+ UInt32(before + 1) &* 4
        let operation = code.code.instructions[before].operation
        let follows = pc == next && operation.accessesMemory
        resumable = follows ? before + 1 : nil
    }

    /// The interpreter executed a part of a block.
    mutating func interpreted() { resumable = nil }

    /// Whether the stack pointer is what the code takes it to be.
    private func isStackKept(_ state: borrowing MachineState) -> Bool {
        let isAligned = state.registers[StackAlignment.pointer] & 3 == 0
        return isAligned || !code.translation.keepsStack
    }

    /// Whether all else holds at an instruction that its code takes for known.
    private func isEnterable(_ index: Int) -> Bool {
        let mark = code.translation.marks[index]
        if mark & BlockMap.Mark.entry == BlockMap.Mark.entry { return true }
        return resumable == index && mark & BlockMap.Mark.covered == 0
    }

    private mutating func enter(_ state: inout MachineState, _ index: Int, _ slice: Int64) {
        let isCharging = code.translation.marks[index] & BlockMap.Mark.charge != 0
        let isAhead = code.translation.isMetered && !isCharging
        let ahead = isAhead ? self.ahead(before: index) : 0
        let packed = budget.packed(cycles: slice) - ahead
        // The context is this thread's alone, and alive as long as `context`.
        unsafe state.registers.copy(to: &context.pointer.pointee.registers)
        unsafe context.pointer.pointee.exit_value = written(before: index, &state)
        unsafe context.pointer.pointee.budget = UInt64(bitPattern: packed)
        unsafe context.pointer.pointee.resume = code.address(code.translation.offsets[index])
        unsafe context.pointer.pointee.fault_exit = code.address(code.translation.faultExit)
        unsafe context.pointer.pointee.code_start = code.addresses.lowerBound
        unsafe context.pointer.pointee.code_end = code.addresses.upperBound
        unsafe tandem_context_run(context.pointer, code.translation.code.entry)
        unsafe state.registers.copy(from: context.pointer.pointee.registers)
        state.remainingCycles -= slice
        self.slice = slice
    }

    /// What the instruction before wrote, which code may expect in eax after a load. `inout` because the
    /// compiler copies all registers to lend them.
    private func written(before index: Int, _ state: inout MachineState) -> UInt32 {
        guard index > 0 else { return 0 }
        return state.registers[code.code.instructions[index - 1].destination & 31]
    }

    /// Where the guest is after the code was left; nil when it may go on.
    private mutating func leave(_ state: inout MachineState) -> CodeExit? {
        let value = unsafe context.pointer.pointee.exit_value
        resumable = nil
        var ahead: Int64 = 0
        defer { settle(&state, ahead: ahead) }
        guard let kind = CodeExitKind(rawValue: unsafe context.pointer.pointee.exit_kind) else {
            preconditionFailure("generated code leaves with one of the kinds")
        }
        switch kind {
        case .environmentCall:
            state.pc = address(Int(value))
            return .environmentCall
        case .budget:
            resumable = Int(value)
            state.pc = address(Int(value))
            sampler.sliceEnded()
            return nil
        case .outsideText:
            state.pc = value
            return .outsideCode
        case .notAnEntry:
            state.pc = address(Int(value))
            return nil
        case .instruction:
            ahead = stop(at: Int(value), &state)
            return .instructionLeft
        case .restOfBlock:
            slowAccessCount += 1
            ahead = stop(at: Int(value), &state)
            resumable = nil
            return .blockLeft
        case .fault:
            slowAccessCount += 1
            let (index, charged) = code.place(at: unsafe context.pointer.pointee.fault_address)
            ahead = stop(at: index, &state) + Int64(charged)
            return .instructionLeft
        }
    }

    /// Goes on with code for what the run was seen to do.
    private mutating func improve() {
        code = program.improved(for: sampler.picture, code)
        sampler = RunSampler(
            instructionCount: code.translation.marks.count, pictureCount: program.best.pictureCount)
    }

    /// The instruction at `index` did not happen; what was charged ahead there.
    private mutating func stop(at index: Int, _ state: inout MachineState) -> Int64 {
        state.pc = address(index)
        resumable = index
        return code.translation.isMetered ? ahead(before: index) : 0
    }

    /// What was charged ahead when the instruction at `index` is about to be executed.
    private func ahead(before index: Int) -> Int64 {
        Int64(code.translation.charges.ahead(before: index, in: code.code, budget))
    }

    /// Accounts for what was executed.
    private func settle(_ state: inout MachineState, ahead: Int64) {
        let left = Int64(bitPattern: unsafe context.pointer.pointee.budget) + ahead
        state.remainingCycles += budget.cycles(of: left)
        state.instructionCount += budget.instructionCount(of: left, slice: slice)
    }

    private func address(_ index: Int) -> UInt32 { code.code.base &+ UInt32(index) &* 4 }
}
