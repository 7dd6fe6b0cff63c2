/// What two instructions side by side may be together, by their operations.
enum InstructionPair {
    /// LUI or AUIPC and the ADDI that completes it.
    case constant
    /// A comparison and the branch on its outcome.
    case setAndBranch
    /// Both halves of one product.
    case wholeProduct
    /// A sum and its carry.
    case addWithCarry
    /// An index, shifted into place, and the base added to it.
    case indexedAddress
    /// A shift to the left and one back: an extended byte or half.
    case extended

    init?(_ first: Operation, _ second: Operation) {
        switch (first, second) {
        case (.lui, .addi), (.auipc, .addi): self = .constant
        case (.slt, .beq), (.sltu, .beq), (.slti, .beq), (.sltiu, .beq), (.slt, .bne),
            (.sltu, .bne), (.slti, .bne), (.sltiu, .bne):
            self = .setAndBranch
        case (.mul, .mulhu), (.mul, .mulh), (.mul, .mulhsu), (.mulhu, .mul), (.mulh, .mul),
            (.mulhsu, .mul):
            self = .wholeProduct
        case (.add, .sltu): self = .addWithCarry
        case (.slli, .add): self = .indexedAddress
        case (.slli, .srli), (.slli, .srai): self = .extended
        default: return nil
        }
    }
}

/// Which operations may be a pair, for a first look: most are none.
struct InstructionPairs {
    /// For each operation those that may follow it.
    private let seconds: [64 of OperationSet] = .init { number in
        let first = Operation(rawValue: UInt8(number))
        return OperationSet { second in
            first.map { InstructionPair($0, second) != nil } ?? false
        }
    }

    /// Whether two instructions may be a pair.
    @inline(__always)
    func mayBegin(_ first: DecodedInstruction, _ second: DecodedInstruction) -> Bool {
        seconds[Int(first.operation.rawValue & 63)].bit(second.operation) != 0
    }
}
