// Jumps and branches. A jump to an instruction goes to where its block is charged.
extension Translator {
    /// Where a direct jump leads.
    private enum Target {
        case instruction(Int)
        case outsideText(UInt32)
        case misaligned
    }

    private func target(_ address: UInt32) -> Target {
        guard address & 3 == 0 else { return .misaligned }
        let distance = address &- code.base
        return distance < code.byteCount ? .instruction(Int(distance) / 4) : .outsideText(address)
    }

    /// JAL.
    mutating func jump(_ instruction: DecodedInstruction, pc: UInt32) {
        jump(
            to: pc &+ instruction.immediate, link: instruction.destination, pc: pc,
            index: (pc &- code.base) / 4)
    }

    /// A jump to a known address, which leaves a return address. A misaligned one does not happen.
    private mutating func jump(to address: UInt32, link: UInt8, pc: UInt32, index: UInt32) {
        let target = target(address)
        if case .misaligned = target { return leave(.instruction, index) }
        write(link, value: pc &+ 4)
        switch target {
        case .instruction(let target):
            // The target of a JALR may be known here and yet be no entry.
            let isEntry = marks[target] & BlockMap.Mark.entry != 0
            if isEntry { jump(to: target) } else { leave(.notAnEntry, UInt32(target)) }
        case .outsideText(let address): leave(.outsideText, address)
        case .misaligned: break
        }
    }

    private mutating func jump(to target: Int) {
        if target < offsets.count {
            assembler.jump(back: Int(offsets[target]))
        } else {
            pendingJumps.append(PendingJump(place: assembler.jump(), target: target))
        }
    }

    /// BEQ, BNE, BLT, BGE, BLTU, BGEU.
    mutating func branch(_ instruction: DecodedInstruction, _ index: Int) {
        branchOnFlags(compare(instruction), instruction, index)
    }

    /// The jump of the branch at `index`, after its comparison. What it leaves out of its block is given
    /// back.
    mutating func branchOnFlags(
        _ condition: HostCondition, _ instruction: DecodedInstruction, _ index: Int
    ) {
        if let loop = row?.loop, loop.last == index { return branchInRow(condition, loop) }
        let charged = chargedBehind(index)
        switch target(code.base &+ UInt32(index) &* 4 &+ instruction.immediate) {
        case .misaligned: leave(.instruction, UInt32(index), if: condition)
        case .outsideText(let address):
            leave(.outsideText, address, if: condition, charge: charged)
        case .instruction(let target):
            if charged + chargedAhead != 0 {
                let place = assembler.jump(if: condition)
                coldExits.append(
                    ColdExit(
                        place: place, kind: .branch(to: target, charged: charged + chargedAhead)))
            } else if isLoop(target, index) {
                let place = assembler.jump(if: condition)
                loops.append(
                    Loop(head: target, last: index, place: place))
            } else if target < offsets.count {
                assembler.jump(if: condition, back: Int(offsets[target]))
            } else {
                let place = assembler.jump(if: condition)
                pendingJumps.append(PendingJump(place: place, target: target))
            }
        }
    }

    /// Whether a branch goes back to the beginning of its own block, whose rounds are short.
    private func isLoop(_ target: Int, _ index: Int) -> Bool {
        row == nil && target == blockStart && roundCount(target, index) > 1
    }

    /// What the block of the instruction at `index` was charged for the instructions behind it.
    private func chargedBehind(_ index: Int) -> UInt32 {
        let next = index + 1
        guard isMetered, next < instructionCount, marks[next] & BlockMap.Mark.start == 0 else {
            return 0
        }
        return CycleBudget.charge(blockCost(next))
    }

    /// JALR: through the table of entries.
    mutating func jumpRegister(_ instruction: DecodedInstruction, _ index: Int, pc: UInt32) {
        // SP1 keeps bit 0 of the target, which then is misaligned (reference/zkvm.md 2.2).
        let mask: UInt32 = textIsFixed ? ~0 : ~1
        if let value = facts.value(of: instruction.source1) {
            let address = (value &+ instruction.immediate) & mask
            return jump(
                to: address, link: instruction.destination, pc: pc, index: UInt32(index))
        }
        let source = read(instruction.source1, .rax)
        // Bit 0 of the base of the text is clear, so it can be taken away before the mask is applied.
        assembler.add(.rax, source, displacement: instruction.immediate &- code.base)
        if !textIsFixed { assembler.arithmetic(.and, .register(.rax), immediate: mask) }
        // Rotated by two, a misaligned distance is larger than any text.
        assembler.rotateRight(.rax, .rax, by: 2)
        assembler.arithmetic(.cmp, .register(.rax), immediate: UInt32(instructionCount))
        leave(.instruction, UInt32(index), if: .aboveOrEqual)
        write(instruction.destination, value: pc &+ 4)
        assembler.jumpThroughTable(at: -tableByteCount)
    }

    /// The bytes of the table of entries, which is right before the code.
    private var tableByteCount: Int { Translation.tableByteCount(instructionCount) }
}
