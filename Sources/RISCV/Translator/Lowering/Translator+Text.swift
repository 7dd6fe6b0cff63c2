// Stores of programs whose text is executed from memory, and may be written to (RISC Zero). Code was
// translated from the text as it was at first, so a store that hits the text is the interpreter's. What a
// program stores through one register it mostly stores together, into a structure or a frame: the first of
// these stores tests for all of them.
extension Translator {
    /// Leaves when the store at `index`, or one that follows through the same register as it is now, may hit
    /// the text.
    mutating func leaveIfText(_ base: HostRegister?, _ index: Int) {
        let store = code.instructions[index]
        guard index >= testedForText[Int(store.source1)] else { return }
        let stores = stores(from: index)
        testedForText[Int(store.source1)] = stores.end
        // The bytes from `first` on, `reach` more behind the first: one of them is text when the last is not
        // farther than they and the text from its beginning. All wraps as guest addresses do; text is far
        // shorter than 2^32.
        let last = UInt32(bitPattern: stores.first) &+ stores.reach &- code.base
        let distanceMax = code.byteCount &+ stores.reach
        if let base {
            assembler.add(.rcx, base, displacement: last)
            assembler.arithmetic(.cmp, .register(.rcx), immediate: distanceMax)
            leave(.restOfBlock, UInt32(index), if: .below, ahead: chargedAhead)
        } else if let value = facts.value(of: store.source1), value &+ last < distanceMax {
            leave(.restOfBlock, UInt32(index), ahead: chargedAhead)
        }
    }

    /// Stores that were not yet written need their tests again.
    mutating func forgetTextTests() {
        for register in testedForText.indices { testedForText[register] = 0 }
    }

    /// The stores from the one at `index` on that are through the same register, while it keeps its value and
    /// there is no other way there: the lowest displacement, how far behind that the last byte is, and the
    /// index behind the last instruction that was looked at. A path is at most as long as
    /// `TranslatorLimits.pathCyclesMax` says, and so is this.
    private func stores(from index: Int) -> (first: Int32, reach: UInt32, end: Int) {
        let register = code.instructions[index].source1
        var (first, last) = (Int32.max, Int32.min)
        var place = index
        repeat {
            let instruction = code.instructions[place]
            let byteCount = instruction.operation.storedByteCount
            if let byteCount, instruction.source1 == register {
                let displacement = Int32(bitPattern: instruction.immediate)
                // Immediates of stores have 12 bits.
                first = min(first, displacement)
                last = max(last, displacement &+ byteCount &- 1)
            }
            place += 1
            let isUnchanged = instruction.destination != register
            guard isUnchanged, instruction.operation.mayFallThrough else { break }
        } while place < instructionCount && marks[place] & BlockMap.Mark.entry == 0
        return (first, UInt32(bitPattern: last &- first), place)
    }
}

extension Operation {
    /// How many bytes a store writes; nil for anything else.
    fileprivate var storedByteCount: Int32? {
        switch self {
        case .sb: 1
        case .sh: 2
        case .sw: 4
        default: nil
        }
    }
}
