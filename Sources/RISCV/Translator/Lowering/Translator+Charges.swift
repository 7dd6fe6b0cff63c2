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
}
