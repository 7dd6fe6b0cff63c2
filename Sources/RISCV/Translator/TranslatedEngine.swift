import CMachine

/// Runs generated code for a machine, slice by slice, and makes sense of its exits.
struct TranslatedEngine {
    private let program: CompiledProgram
    private let context: GuestContext
    private var code: CompiledCode
    private var sampler: RunSampler

    /// The instruction at which the code may be entered although it is no entry, because everything before
    /// it was executed in order: what is known there holds.
    private var resumable: Int?
    private var slowAccessCount = 0

    init(_ program: CompiledProgram, _ context: GuestContext) {
        self.program = program
        self.context = context
        let (code, isSampled) = program.best
        self.code = code
        sampler = RunSampler(
            instructionCount: code.translation.marks.count, isFirst: !isSampled)
    }

    /// Whether the guest keeps doing what only the interpreter does quickly.
    var isOutpaced: Bool { slowAccessCount > TranslatorLimits.slowAccessCountMax }

    /// Runs from `state.pc`; nil when the code cannot be entered there, and the interpreter has to execute
    /// the rest of the block.
    mutating func run(_ state: inout MachineState, _ memory: borrowing GuestMemory) -> CodeExit? {
        guard memory.reservation.closeEdges() else { return .fault(.hostRefused) }
        unsafe context.pointer.pointee.memory = UInt64(UInt(bitPattern: memory.bytes))
        while true {
            let distance = state.pc &- code.code.base
            guard distance < code.code.byteCount, distance & 3 == 0 else { return .outsideCode }
            let index = Int(distance) / 4
            guard isEnterable(index) else { return nil }
            let cost = BlockCosts.cost(from: index, code.code, code.translation.marks)
            guard state.remainingCycles >= Int64(cost.cycles) else { return .blockOverBudget }
            // At least the block that is charged here.
            let slice = min(state.remainingCycles, max(sampler.nextSlice(), Int64(cost.cycles)))
            enter(&state, index, cost, slice)
            if let exit = leave(&state) { return exit }
        }
    }

    /// The interpreter executed the instruction at the index before the pc; when that led to the next
    /// one in order, the code may go on there.
    mutating func stepped(to pc: UInt32) {
        guard let before = resumable else { return }
        let next = code.code.base &+ UInt32(before + 1) &* 4
        let operation = code.code.instructions[before].operation
        let follows = pc == next && (!operation.endsBlock || operation.isBranch)
        resumable = follows ? before + 1 : nil
    }

    /// The interpreter executed a part of a block.
    mutating func interpreted() { resumable = nil }

    private func isEnterable(_ index: Int) -> Bool {
        if code.translation.marks[index] & BlockMap.Mark.entry != 0 { return true }
        // What was covered by the code of an earlier instruction has no code of its own.
        return resumable == index
            && code.translation.offsets[index] != code.translation.offsets[index + 1]
    }

    private func enter(
        _ state: inout MachineState, _ index: Int, _ cost: CodeImage.Cost, _ slice: Int64
    ) {
        let budget = CycleBudget.packed(
            cycles: slice - Int64(cost.cycles), instructionCount: cost.instructionCount)
        let isStart = code.translation.marks[index] & BlockMap.Mark.start != 0
        let skipped = isStart && code.translation.isMetered ? Translator.chargeByteCount : 0
        // The context is this thread's alone, and alive as long as `context`.
        unsafe state.registers.copy(to: &context.pointer.pointee.registers)
        unsafe context.pointer.pointee.budget = budget
        unsafe context.pointer.pointee.resume = code.address(
            code.translation.offsets[index] + skipped)
        unsafe context.pointer.pointee.fault_exit = code.address(code.translation.faultExit)
        unsafe context.pointer.pointee.code_start = code.addresses.lowerBound
        unsafe context.pointer.pointee.code_end = code.addresses.upperBound
        unsafe tandem_context_run(context.pointer, code.entry)
        unsafe state.registers.copy(from: context.pointer.pointee.registers)
        let left = unsafe context.pointer.pointee.budget
        state.remainingCycles -= slice - CycleBudget.cycles(of: left)
        state.instructionCount += CycleBudget.instructionCount(of: left)
    }

    /// Where the guest is after the code was left; nil when it may go on.
    private mutating func leave(_ state: inout MachineState) -> CodeExit? {
        let value = unsafe context.pointer.pointee.exit_value
        resumable = nil
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
            if sampler.look(at: value) { improve() }
            return nil
        case .outsideText:
            state.pc = value
            return .outsideCode
        case .notAnEntry:
            state.pc = address(Int(value))
            return nil
        case .instruction:
            takeBack(from: Int(value), &state)
            return .instructionLeft
        case .fault:
            slowAccessCount += 1
            let (index, charged) = code.place(at: unsafe context.pointer.pointee.fault_address)
            takeBack(CycleBudget.cost(of: charged), &state)
            takeBack(from: index, &state)
            return .instructionLeft
        }
    }

    /// Goes on with code for what the run was seen to do.
    private mutating func improve() {
        let uses = sampler.uses(code.code, code.translation.marks)
        code = program.improved(for: uses, code)
        sampler = RunSampler(
            instructionCount: code.translation.marks.count, isFirst: false)
    }

    /// The instruction at `index` did not happen, nor did the rest of its block.
    private mutating func takeBack(from index: Int, _ state: inout MachineState) {
        takeBack(BlockCosts.cost(from: index, code.code, code.translation.marks), &state)
        state.pc = address(index)
        resumable = index
    }

    private func takeBack(_ cost: CodeImage.Cost, _ state: inout MachineState) {
        guard code.translation.isMetered else { return }
        state.remainingCycles += Int64(cost.cycles)
        state.instructionCount -= UInt64(cost.instructionCount)
    }

    private func address(_ index: Int) -> UInt32 { code.code.base &+ UInt32(index) &* 4 }
}
