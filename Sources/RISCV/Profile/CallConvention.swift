/// What a jump does to the stack of calls (The RISC-V Instruction Set Manual, volume I, chapter
/// "RV32I", table of return-address stack hints): x1 and x5 are link registers.
enum CallConvention {
    /// What a jump means for the return-address stack.
    enum Effect: Equatable {
        case none
        case call
        case goBack
        /// Back to a caller and on into another function, as coroutines change places.
        case goBackAndCall
    }

    /// Whether a call may keep its return address in this register: ra or t0.
    static func isLink(_ register: UInt8) -> Bool { register == 1 || register == 5 }

    /// The effect of an instruction that was executed.
    static func effect(of instruction: DecodedInstruction) -> Effect {
        let links = isLink(instruction.destination)
        switch instruction.operation {
        case .jal: return links ? .call : .none
        case .jalr:
            let goesBack = isLink(instruction.source1)
            guard links else { return goesBack ? .goBack : .none }
            return goesBack && instruction.source1 != instruction.destination
                ? .goBackAndCall : .call
        default: return .none
        }
    }
}
