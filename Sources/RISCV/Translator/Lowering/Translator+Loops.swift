// Loops of one block. Their code is written again, several times in a row, behind everything else: all
// rounds in the row are paid for at once, only leaving the loop jumps, and what one round finds out about
// alignment holds in the next. The first round of a loop, and the last when the budget is short, are
// those of the block's own code.
extension Translator {
    /// A block that ends with a branch back to its beginning.
    struct Loop {
        let head: Int
        /// The index of the branch.
        let last: Int
        /// The jump of the branch in the block's own code.
        let place: Int
    }

    /// Where the code of an instruction begins in a row of rounds.
    struct Copy: Sendable, Equatable {
        let offset: UInt32
        let index: UInt32
        /// What was charged for the rounds behind this one.
        let charged: Int32
    }

    /// The instructions in a row, at most.
    private static let rowInstructionCountMax = 64
    private static let rowRoundCountMax = 4

    /// How many rounds of a loop go in a row; one is not worth it.
    @inline(__always)
    private func roundCount(_ head: Int, _ last: Int) -> Int {
        min(Self.rowRoundCountMax, Self.rowInstructionCountMax / (last + 1 - head))
    }

    /// Whether the branch at `index` ends a loop that begins at `target`, whose rounds are short and can be
    /// entered nowhere else.
    @inline(__always)
    func isLoop(_ target: Int, _ index: Int) -> Bool {
        guard row == nil, target <= index, roundCount(target, index) > 1,
            marks[target] & BlockMap.Mark.charge != 0
        else { return false }
        let closed = BlockMap.Mark.join | BlockMap.Mark.charge
        return (target + 1..<index + 1).allSatisfy { marks[$0] & closed == 0 }
    }

    /// Writes the rows of all loops and makes their branches go there.
    mutating func writeLoops() throws(GuestMemoryError) {
        let loops = self.loops
        let copyCount = loops.reduce(0) {
            $0 + roundCount($1.head, $1.last) * ($1.last + 1 - $1.head)
        }
        copies = try [Copy](filling: copyCount) { output throws(GuestMemoryError) in
            for loop in loops { try write(loop, copies: &output) }
        }
        row = nil
        chargedAhead = 0
    }

    private mutating func write(
        _ loop: Loop, copies: inout OutputSpan<Copy>
    ) throws(GuestMemoryError) {
        let rounds = roundCount(loop.head, loop.last)
        try assembler.reserve(
            (rounds * (loop.last + 2 - loop.head) + 2) * TranslatorLimits.instructionByteCountMax)
        assembler.alignTarget()
        let start = assembler.count
        assembler.point(loop.place, at: start)
        let number = charges.blocks.of(loop.head)
        let charge = isMetered ? charges.ahead[number] : 0
        if isMetered {
            // Rounds are short.
            let whole = charge * Int32(rounds)
            assembler.arithmetic(
                .sub, .register(.budget), immediate: UInt32(bitPattern: whole), wide: true)
            jumpCold(to: loop.head, if: .less, ahead: whole)
        }
        forget()
        for round in 0..<rounds {
            chargedAhead = charge * Int32(rounds - 1 - round)
            row = (loop, start: start, isLastRound: round == rounds - 1)
            if !textIsFixed { forgetTextTests() }
            writeRound(loop, number, &copies)
        }
    }

    /// - Parameter number: that of the block that the loop begins with.
    private mutating func writeRound(
        _ loop: Loop, _ number: Int, _ copies: inout OutputSpan<Copy>
    ) {
        var (index, block) = (loop.head, number)
        while index <= loop.last {
            if marks[index] & BlockMap.Mark.start != 0 {
                enterBlock(block)
                block += 1
            }
            // Bounded by `codeByteCountMax`.
            let offset = UInt32(truncatingIfNeeded: assembler.count)
            let place = UInt32(truncatingIfNeeded: index)
            copies.append(Copy(offset: offset, index: place, charged: chargedAhead))
            index += lower(index)
        }
    }

    /// The jump of the loop's branch in a row: on to the next round, or out of the loop.
    mutating func branchInRow(_ condition: HostCondition, _ loop: Loop) {
        guard let row else { return }
        let next = loop.last + 1
        if row.isLastRound { assembler.jump(if: condition, back: row.start) }
        guard next < instructionCount else {
            let (kind, value) = (CodeExitKind.outsideText, code.base &+ code.byteCount)
            guard !row.isLastRound else { return leave(kind, value, ahead: behind) }
            return leave(kind, value, if: condition.negated, ahead: behind)
        }
        let ahead = behind - ahead(arriving: next)
        if row.isLastRound {
            giveBack(ahead)
            assembler.jump(back: Int(offsets[next]))
        } else {
            jumpCold(to: next, if: condition.negated, ahead: ahead)
        }
    }
}
