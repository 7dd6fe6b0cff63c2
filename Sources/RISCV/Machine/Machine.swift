/// A guest between the calls of its host: registers, memory and code.
///
/// `run` executes until the guest calls its environment, faults or has no cycles left. Whatever engine
/// executes the decoded blocks, the rest is here: single steps where a block does not fit the budget any
/// more, where the code is not decoded, and after the text was written to.
package struct Machine: ~Copyable {
    /// Registers, pc and what is left of the budget.
    package var state: MachineState

    /// The guest's memory.
    package var memory: GuestMemory

    /// Whether the text was written to, so that what was decoded ahead of time no longer holds. Set by
    /// the host after its own writes.
    package var textIsModified = false

    let code: CodeImage
    private let textIsFixed: Bool
    private let jumpMask: UInt32
    var translated: TranslatedEngine?

    /// A machine with `image` in memory, before the first instruction.
    ///
    /// - Parameters:
    ///   - reservation: the address space to use, in which no other machine lives.
    ///   - translated: `code`, compiled, and what runs it; nil for the interpreter.
    /// - Throws: `GuestMemoryError` when the host gives no memory or the image is over the cap.
    package init(
        image: ELFImage, code: CodeImage, rules: ELFRules, memoryByteCountMax: Int,
        cycleLimit: Int64, reservation: GuestReservation,
        translated: (program: CompiledProgram, context: GuestContext)? = nil
    ) throws(GuestMemoryError) {
        state = MachineState(pc: image.entry, cycleLimit: cycleLimit)
        var memory = try GuestMemory(
            rules: rules, text: image.text, byteCountMax: memoryByteCountMax,
            reservation: reservation)
        try memory.load(image)
        self.memory = memory
        self.code = code
        self.translated = translated.map { TranslatedEngine($0.program, $0.context) }
        textIsFixed = rules.textIsFixed
        // SP1 keeps bit 0 of a JALR target, which then is misaligned (reference/zkvm.md 2.2).
        jumpMask = rules.textIsFixed ? ~0 : ~1
    }

    /// Bounds the cycles that translated code is given at a time. It looks at its budget as often as it can
    /// when that is 1; nothing else of what it does depends on it.
    package mutating func limitSlices(toCycles cycleCount: Int64) {
        translated?.sliceCyclesMax = cycleCount
    }

    /// Runs until the host is needed.
    package mutating func run() -> MachineExit {
        while true {
            switch runCode() {
            case .environmentCall: return .environmentCall
            case .fault(let fault): return .fault(fault)
            case .textWritten: textIsModified = true
            case .blockOverBudget, .outsideCode, .instructionLeft, .blockLeft:
                if let exit = step() { return exit }
                translated?.stepped(to: state.pc)
            case nil: break
            }
        }
    }

    /// Runs decoded or translated code; nil when there is more of it to run.
    private mutating func runCode() -> CodeExit? {
        if textIsModified { return .outsideCode }
        // Translated code does not save the pages that it writes for the snapshot.
        if memory.hasSnapshot || translated?.isOutpaced != false { return interpret() }
        switch translated?.run(&state, memory) {
        case .blockOverBudget:
            // The interpreter sees to the last cycles, which may not suffice for a whole path.
            translated?.interpreted()
            return interpret()
        case .blockLeft:
            translated?.interpreted()
            return interpretBlock()
        case let exit: return exit
        }
    }

    private mutating func interpret() -> CodeExit {
        let code = self.code
        return interpret(code.instructions.span, code.costs.span, base: code.base)
    }

    /// Runs decoded instructions from the pc on, until they cannot answer.
    mutating func interpret(
        _ instructions: Span<DecodedInstruction>, _ costs: Span<CodeImage.Cost>, base: UInt32
    ) -> CodeExit {
        Interpreter.run(
            &state, &memory, code: instructions, costs: costs, base: base, jumpMask: jumpMask)
    }

    /// Interprets from the pc to the end of its block; nil when the next block is at hand.
    private mutating func interpretBlock() -> CodeExit? {
        let cost = Int64(code.costs[Int(state.pc &- code.base) / 4].cycles)
        guard cost <= state.remainingCycles else { return .blockOverBudget }
        let kept = state.remainingCycles - cost
        state.remainingCycles = cost
        let exit = interpret()
        state.remainingCycles += kept
        // Every further block costs something, and there was nothing left.
        return exit == .blockOverBudget ? nil : exit
    }

    /// Executes the one instruction at `pc`, if there is a cycle left for it. Nil when it went well.
    mutating func step() -> MachineExit? {
        guard state.remainingCycles > 0 else { return .cycleLimit }
        guard let instruction = fetch(state.pc) else { return .fault(.fetchOutside) }
        let cost = CodeImage.Cost(
            cycles: code.model.cycles(of: instruction.operation), instructionCount: 1)
        let none = CodeImage.Cost(cycles: 0, instructionCount: 0)
        // The last instruction may cost more than what is left: lend it the difference.
        let lent = max(0, Int64(cost.cycles) - state.remainingCycles)
        state.remainingCycles += lent
        let single: [2 of DecodedInstruction] = [instruction, DecodedInstruction(.end)]
        let costs: [2 of CodeImage.Cost] = [cost, none]
        let base = state.pc
        let exit = interpret(single.span, costs.span, base: base)
        state.remainingCycles -= lent
        switch exit {
        case .environmentCall: return .environmentCall
        case .fault(let fault): return .fault(fault)
        case .textWritten: textIsModified = true
        case .outsideCode, .blockOverBudget, .instructionLeft, .blockLeft: break
        }
        return nil
    }

    /// What a fetch from `address` gives; nil where there is nothing to fetch.
    func fetch(_ address: UInt32) -> DecodedInstruction? {
        if textIsFixed { return code.instruction(at: address) }
        return memory.fetch(address).map(Decoder.decode)
    }
}
