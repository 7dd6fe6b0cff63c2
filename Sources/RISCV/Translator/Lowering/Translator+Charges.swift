// What is charged ahead (`ChargeMap`), and evening it out.
extension Translator {
    /// What is ahead when code arrives at a block, before it charges.
    @inline(__always)
    func ahead(arriving index: Int) -> Int32 {
        marks[index] & BlockMap.Mark.charge != 0 ? 0 : charges.ahead[index]
    }

    /// What is ahead once the instruction at `index` was executed, rounds to come included.
    @inline(__always)
    func behind(_ index: Int) -> Int32 {
        charges.ahead[index] - budget.price(code.instructions[index].operation) + chargedAhead
    }

    /// Takes back what was charged ahead. Changes the flags.
    mutating func giveBack(_ ahead: Int32) {
        guard isMetered, ahead != 0 else { return }
        assembler.arithmetic(
            .add, .register(.budget), immediate: UInt32(bitPattern: ahead), wide: true)
    }
}
