// Jumps and branches. A jump to an instruction goes to where its block is charged.
extension Translator {
    /// Where a direct jump leads.
    private enum Target {
        case instruction(Int)
        case outsideText(UInt32)
        case misaligned
    }

    @inline(__always)
    private func target(_ address: UInt32) -> Target {
        guard address & 3 == 0 else { return .misaligned }
        let distance = address &- code.base
        return distance < code.byteCount ? .instruction(Int(distance) / 4) : .outsideText(address)
    }

    /// JAL.
    mutating func jump(_ instruction: DecodedInstruction, _ index: Int, pc: UInt32) {
        jump(
            to: pc &+ instruction.immediate, needing: BlockMap.Mark.join,
            link: instruction.destination, index, pc: pc)
    }

    /// A jump to a known address, which leaves a return address. A misaligned one does not happen.
    ///
    /// - Parameter mark: what the code goes on at. What nobody knew for a way when blocks and charges were
    ///   found goes only to where nothing is taken for known and cycles are charged, as computed jumps do:
    ///   a loop of such ways would not be charged for otherwise.
    private mutating func jump(
        to address: UInt32, needing mark: UInt8, link: UInt8, _ index: Int, pc: UInt32
    ) {
        let target = target(address)
        if case .misaligned = target { return leave(before: index) }
        write(link, value: pc &+ 4)
        switch target {
        case .instruction(let target):
            guard marks[target] & mark == mark else {
                return leave(.notAnEntry, UInt32(target), ahead: behind)
            }
            giveBack(behind - ahead(arriving: target))
            jump(to: target)
        case .outsideText(let address): leave(.outsideText, address, ahead: behind)
        case .misaligned: break
        }
    }

    private mutating func jump(to target: Int) {
        if target < writtenCount {
            assembler.jump(back: Int(offsets[target]))
        } else {
            noteWay(to: target)
            wait(for: target, assembler.jump())
        }
    }

    /// BEQ, BNE, BLT, BGE, BLTU, BGEU.
    mutating func branch(_ instruction: DecodedInstruction, _ index: Int) {
        branchOnFlags(compare(instruction), instruction, index)
    }

    /// The jump of the branch at `index`, after its comparison.
    mutating func branchOnFlags(
        _ condition: HostCondition, _ instruction: DecodedInstruction, _ index: Int
    ) {
        if let loop = row?.loop, loop.last == index { return branchInRow(condition, loop) }
        switch target(code.base &+ UInt32(index) &* 4 &+ instruction.immediate) {
        case .misaligned: leave(before: index, if: condition)
        case .outsideText(let address):
            leave(.outsideText, address, if: condition, ahead: behind)
        case .instruction(let target): branch(to: target, condition, index)
        }
    }

    private mutating func branch(to target: Int, _ condition: HostCondition, _ index: Int) {
        let ahead = isMetered ? behind - ahead(arriving: target) : 0
        if ahead != 0 {
            jumpCold(to: target, if: condition, ahead: ahead)
        } else if isLoop(target, index) {
            let place = assembler.jump(if: condition)
            loops.append(Loop(head: target, last: index, place: place))
        } else if target < writtenCount {
            assembler.jump(if: condition, back: Int(offsets[target]))
        } else {
            noteWay(to: target)
            wait(for: target, assembler.jump(if: condition))
        }
    }

    /// The jump whose distance is at `place` leads to an instruction whose code will be written.
    private mutating func wait(for target: Int, _ place: Int) {
        // Bounded by `codeByteCountMax` and the text.
        pendingJumps.append(
            PendingJump(
                place: UInt32(truncatingIfNeeded: place), target: UInt32(truncatingIfNeeded: target)
            ))
    }

    /// A jump to an instruction, by way of code that gives back what was charged ahead.
    mutating func jumpCold(to target: Int, if condition: HostCondition, ahead: Int32) {
        if target >= writtenCount { noteWay(to: target) }
        let place = assembler.jump(if: condition)
        coldExits.append(
            ColdExit(
                place: UInt32(truncatingIfNeeded: place),
                value: UInt32(truncatingIfNeeded: target), ahead: ahead, kind: .jump))
    }

    /// JALR: through the table of entries.
    mutating func jumpRegister(_ instruction: DecodedInstruction, _ index: Int, pc: UInt32) {
        // SP1 keeps bit 0 of the target, which then is misaligned (reference/zkvm.md 2.2).
        let mask: UInt32 = textIsFixed ? ~0 : ~1
        if let value = facts.value(of: instruction.source1) {
            let address = (value &+ instruction.immediate) & mask
            return jump(
                to: address, needing: BlockMap.Mark.entry, link: instruction.destination, index,
                pc: pc)
        }
        let source = read(instruction.source1, .rax)
        // Bit 0 of the base of the text is clear, so it can be taken away before the mask is applied.
        assembler.add(.rax, source, displacement: instruction.immediate &- code.base)
        if !textIsFixed { assembler.arithmetic(.and, .register(.rax), immediate: mask) }
        // Rotated by two, a misaligned distance is larger than any text.
        assembler.rotateRight(.rax, .register(.rax), by: 2)
        assembler.arithmetic(.cmp, .register(.rax), immediate: UInt32(instructionCount))
        leave(before: index, if: .aboveOrEqual)
        write(instruction.destination, value: pc &+ 4)
        giveBack(behind)
        assembler.jumpThroughTable(at: -tableByteCount)
    }

    /// The bytes of the table of entries, which is right before the code.
    private var tableByteCount: Int { Translation.tableByteCount(instructionCount) }
}
