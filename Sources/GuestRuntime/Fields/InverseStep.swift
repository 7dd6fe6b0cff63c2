/// What some steps of the binary algorithm did to a pair (a, b): it became
/// ((aa·a + ab·b) / 2^k, (ba·a + bb·b) / 2^k).
struct InverseStep {
    var aa: Int64
    var ab: Int64
    var ba: Int64
    var bb: Int64

    /// The step that does this one first and then `next`. With both of 31 halvings no entry of the
    /// product and no sum of a row's entries' sizes is above 2^62.
    @inline(__always)
    func followed(by next: InverseStep) -> InverseStep {
        InverseStep(
            aa: next.aa &* aa &+ next.ab &* ba, ab: next.aa &* ab &+ next.ab &* bb,
            ba: next.ba &* aa &+ next.bb &* ba, bb: next.ba &* ab &+ next.bb &* bb)
    }

    /// Gives the rows the signs with which they make both numbers positive: those of (a, -b) and of
    /// (-a, b), each changed if the number came out negative that way.
    @inline(__always)
    mutating func setSigns(isNegativeA: Bool, isNegativeB: Bool) {
        let (signA, signB): (Int64, Int64) = (isNegativeA ? -1 : 0, isNegativeB ? -1 : 0)
        aa = (Int64(truncatingIfNeeded: aa.magnitude) ^ signA) &- signA
        ab = (Int64(truncatingIfNeeded: ab.magnitude) ^ ~signA) &- ~signA
        ba = (Int64(truncatingIfNeeded: ba.magnitude) ^ ~signB) &- ~signB
        bb = (Int64(truncatingIfNeeded: bb.magnitude) ^ signB) &- signB
    }

    /// 31 halvings of a, each after subtracting b from an odd a, and exchanging them first where a is
    /// the smaller one.
    ///
    /// `a` and `b` are approximations: their lowest 31 bits are exact, b is odd, and above are the 33
    /// highest bits, which decide the comparisons. Numbers below 2^64 are exact, and so are their
    /// results.
    ///
    /// Both coefficients of a row share one word, the second in the upper half: they are above -2^31
    /// and at most 2^31, so adding 2^31 - 1 to both keeps the halves apart in the end.
    @inline(__always)
    init(halving a: inout UInt64, _ b: inout UInt64) {
        var (rowA, rowB): (UInt64, UInt64) = (1, 1 << 32)
        var (left, difference): (UInt64, UInt64) = (31, a)
        while true {
            let zeros = UInt64(truncatingIfNeeded: difference.trailingZeroBitCount)
            if zeros >= left { break }
            left &-= zeros
            a &>>= zeros
            rowB &<<= zeros
            // Selecting by masks: which number is the smaller one is as good as random, and a branch
            // on it would be foretold wrongly every other time.
            let isLess: Bool
            (difference, isLess) = a.subtractingReportingOverflow(b)
            let mask: UInt64 = isLess ? .max : 0
            let rowDifference = rowA &- rowB
            b &+= difference & mask
            a = (difference ^ mask) &- mask
            rowB &+= rowDifference & mask
            rowA = (rowDifference ^ mask) &- mask
        }
        a &>>= left
        rowB &<<= left
        (aa, ab) = Self.coefficients(rowA)
        (ba, bb) = Self.coefficients(rowB)
    }

    @inline(__always)
    private init(aa: Int64, ab: Int64, ba: Int64, bb: Int64) {
        (self.aa, self.ab, self.ba, self.bb) = (aa, ab, ba, bb)
    }

    @inline(__always)
    private static func coefficients(_ row: UInt64) -> (Int64, Int64) {
        let offset: UInt64 = 1 << 31 - 1
        let shifted = row &+ (offset &<< 32 | offset)
        return (
            Int64(shifted & 0xffff_ffff) &- Int64(offset), Int64(shifted &>> 32) &- Int64(offset)
        )
    }
}
