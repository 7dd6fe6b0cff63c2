/// What an instruction did that ends the run. The instruction at `pc` was not executed.
package enum MachineFault: Error, Hashable, Sendable {
    case illegalInstruction(word: UInt32)
    case unimplementedInstruction(word: UInt32)
    case breakpoint
    case misalignedLoad(address: UInt32)
    case misalignedStore(address: UInt32)
    case loadOutside(address: UInt32)
    case storeOutside(address: UInt32)
    case misalignedTarget(address: UInt32)
    case fetchOutside
    case memoryCapReached(byteCount: Int)
    /// Not the guest's doing: the system gave no memory.
    case hostRefused
}

extension MachineFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .illegalInstruction(let word):
            "the word \(HexText.word(word)) is not an RV32IM instruction"
        case .unimplementedInstruction(let word):
            "the instruction \(HexText.word(word)) (FENCE, CSR or privileged) is not available "
                + "to guests"
        case .breakpoint: "EBREAK"
        case .misalignedLoad(let address): "misaligned load from \(HexText.word(address))"
        case .misalignedStore(let address): "misaligned store to \(HexText.word(address))"
        case .loadOutside(let address): "load from \(HexText.word(address)), outside guest memory"
        case .storeOutside(let address): "store to \(HexText.word(address)), outside guest memory"
        case .misalignedTarget(let address): "jump to the misaligned \(HexText.word(address))"
        case .fetchOutside: "instruction fetch outside the program's text"
        case .memoryCapReached(let byteCount): "the guest wrote to more than \(byteCount) bytes"
        case .hostRefused: "the host has no memory for the guest"
        }
    }
}
