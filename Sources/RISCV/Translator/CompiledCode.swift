/// A program's translation with the instructions that it is of. Any number of threads may run it.
package final class CompiledCode: Sendable {
    let translation: Translation
    let code: CodeImage

    /// The host addresses of the code.
    let addresses: Range<UInt64>

    init(_ translation: Translation, code: CodeImage) {
        self.translation = translation
        self.code = code
        let bytes = translation.code
        addresses = bytes.address(0)..<bytes.address(UInt32(bytes.count))
    }

    /// With fewer cycles left the code is not entered. It looks at its budget at the ends of paths, so it
    /// may execute one more than it is given, and is given one at least.
    var remainingCyclesMin: Int64 { 2 * Int64(translation.charges.longestPath) }

    /// The host address of an offset of the code.
    func address(_ offset: UInt32) -> UInt64 { translation.code.address(offset) }

    /// The index of the instruction whose code is at a host address, and what was charged there for the
    /// rounds of a loop to come.
    func place(at address: UInt64) -> (index: Int, charged: Int32) {
        let offset = UInt32(truncatingIfNeeded: address - self.address(0))
        let (marks, copies) = (translation.marks, translation.copies)
        if let first = copies.first, first.offset <= offset {
            let copy = copies[Self.last(of: copies.count) { copies[$0].offset <= offset }]
            return (Int(copy.index), copy.charged)
        }
        var index = Self.last(of: marks.count) { translation.offsets[$0] <= offset }
        while marks[index] & BlockMap.Mark.covered != 0 { index -= 1 }
        return (index, 0)
    }

    /// The last of `count` ascending things for which a condition holds that holds for the first.
    private static func last(of count: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
