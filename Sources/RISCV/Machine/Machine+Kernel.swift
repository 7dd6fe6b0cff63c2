// RISC Zero v2 runs a kernel, which answers the guest's environment calls, on the same memory. Its own
// memory lies above the guest's range: an access there comes back as a fault, for the host to do.

extension Machine {
    /// Runs other code than the program's, from the pc on, until the host is needed. The code is what
    /// was decoded, whatever is written where it came from; every instruction costs one cycle.
    package mutating func run(kernel code: CodeImage) -> MachineExit {
        precondition(code.model == .uniform, "a kernel's instructions cost one cycle each")
        // Whatever translated code knew of the registers, the kernel may change.
        translated?.interpreted()
        while true {
            let exit = Interpreter.run(
                &state, &memory, code: code.instructions.span, costs: code.costs.span,
                base: code.base, jumpMask: Self.kernelJumpMask)
            switch exit {
            case .environmentCall: return .environmentCall
            case .fault(let fault): return .fault(fault)
            // The guest's text, which is no business of the kernel's code.
            case .textWritten: textIsModified = true
            case .blockOverBudget, .outsideCode, .instructionLeft, .blockLeft:
                if let exit = step(kernel: code) { return exit }
            }
        }
    }

    /// JALR clears bit 0 of its target.
    private static let kernelJumpMask: UInt32 = ~1

    /// Executes the one instruction at the pc, if there is a cycle left for it. Nil when it went well.
    private mutating func step(kernel code: CodeImage) -> MachineExit? {
        guard state.remainingCycles > 0 else { return .cycleLimit }
        guard let instruction = code.instruction(at: state.pc) else { return .fault(.fetchOutside) }
        let single: [2 of DecodedInstruction] = [instruction, DecodedInstruction(.end)]
        let costs: [2 of CodeImage.Cost] = [
            CodeImage.Cost(cycles: 1, instructionCount: 1),
            CodeImage.Cost(cycles: 0, instructionCount: 0),
        ]
        let exit = Interpreter.run(
            &state, &memory, code: single.span, costs: costs.span, base: state.pc,
            jumpMask: Self.kernelJumpMask)
        switch exit {
        case .environmentCall: return .environmentCall
        case .fault(let fault): return .fault(fault)
        case .textWritten: textIsModified = true
        case .outsideCode, .blockOverBudget, .instructionLeft, .blockLeft: break
        }
        return nil
    }
}
