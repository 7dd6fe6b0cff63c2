// What is charged ahead (`ChargeMap`), and evening it out.
extension Translator {
    /// What is ahead when code arrives at a block, before it charges.
    @inline(__always)
    func ahead(arriving index: Int) -> Int32 {
        marks[index] & BlockMap.Mark.charge != 0 ? 0 : charges.ahead[charges.blocks.of(index)]
    }

    /// What is ahead once the last instruction of the block at hand was executed, rounds to come included.
    var behind: Int32 {
        @inline(__always) get { aheadBehind + chargedAhead }
    }

    /// Takes back what was charged ahead. Changes the flags.
    mutating func giveBack(_ ahead: Int32) {
        guard isMetered, ahead != 0 else { return }
        assembler.arithmetic(
            .add, .register(.budget), immediate: UInt32(bitPattern: ahead), wide: true)
    }

    /// The instructions that come are those of this block.
    mutating func enterBlock(_ number: Int) {
        let price = price(number)
        // A path's cost at most.
        aheadBehind = charges.ahead[number] - price
    }

    /// What the instructions of a block subtract from the budget.
    @inline(__always)
    private func price(_ number: Int) -> Int32 {
        budget.price(code.instructions.span.extracting(charges.blocks.range(number)))
    }

    /// Pays for what comes, or leaves.
    mutating func charge(_ amount: Int32, _ index: Int) {
        assembler.arithmetic(
            .sub, .register(.budget), immediate: UInt32(bitPattern: amount), wide: true)
        leave(.budget, UInt32(truncatingIfNeeded: index), if: .less, ahead: amount)
    }
}
