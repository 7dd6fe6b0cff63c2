/// A prime that divides 2^256 - fold, for a small `fold`.
protocol FoldedModulus: PrimeModulus where Natural == LimbInteger<4> {
    /// What 2^256 may be replaced by. Below 2^34.
    static var fold: UInt64 { get }

    /// A number below 2^256 modulo the prime.
    static func reduce(_ value: Natural) -> Natural
}

/// An element of a field whose prime divides 2^256 - fold: what is above 2^256 is multiplied by `fold` and
/// added to what is below.
///
/// Inside, it is any number below 2^256 with the right residue.
struct FoldedElement<Modulus: FoldedModulus>: PrimeField {
    private var value: LimbInteger<4>

    @inline(__always)
    init(reducing value: LimbInteger<4>) { self.value = value }

    var natural: LimbInteger<4> { Modulus.reduce(value) }

    static func == (left: Self, right: Self) -> Bool { left.natural == right.natural }

    @inline(__always)
    static func + (left: Self, right: Self) -> Self {
        let (sum, carry) = left.value.adding(right.value)
        // A sum that left 2^256 twice is below 2·fold then: adding fold cannot leave it once more.
        let (folded, again) = sum.adding(LimbInteger(Modulus.fold & (0 &- carry)))
        return Self(reducing: folded.adding(LimbInteger(Modulus.fold & (0 &- again))).sum)
    }

    @inline(__always)
    static func - (left: Self, right: Self) -> Self {
        let (difference, borrow) = left.value.subtracting(right.value)
        let fold = LimbInteger<4>(Modulus.fold & (0 &- borrow))
        let (folded, again) = difference.subtracting(fold)
        // As above: what fell below zero twice is at least 2^256 - 2·fold.
        let rest = LimbInteger<4>(Modulus.fold & (0 &- again))
        return Self(reducing: folded.subtracting(rest).difference)
    }

    @inline(__always)
    static func * (left: Self, right: Self) -> Self {
        var product = LimbInteger<8>()
        for row in 0..<4 {
            var carry: UInt64 = 0
            for column in 0..<4 {
                product[row + column] = product[row + column].adding(
                    product: left.value[column], right.value[row], &carry)
            }
            product[row + 4] = carry
        }
        return Self(folding: product)
    }

    /// A number below 2^512.
    @inline(__always)
    private init(folding product: LimbInteger<8>) {
        var low = LimbInteger<4>()
        var carry: UInt64 = 0
        for index in 0..<4 {
            low[index] = product[index].adding(
                product: product[index + 4], Modulus.fold, &carry)
        }
        // carry is at most fold, so what it stands for is below 2^68: two limbs.
        let rest = UInt128(carry) &* UInt128(Modulus.fold)
        var upper = LimbInteger<4>(UInt64(truncatingIfNeeded: rest))
        upper[1] = UInt64(truncatingIfNeeded: rest &>> 64)
        let (sum, again) = low.adding(upper)
        value = sum.adding(LimbInteger(Modulus.fold & (0 &- again))).sum
    }

    var multiplier: Self { self }

    @inline(__always)
    static func quotient(_ numerator: Self, _ denominator: Self) -> Self {
        Self(reducing: Modulus.divide(LimbInteger(1), by: denominator.natural)) * numerator
    }

    @inline(__always)
    static func product(_ factor: Self, _ element: Self) -> Self { factor * element }

    @inline(__always)
    static func square(_ factor: Self) -> Self { factor * factor }

    @inline(never)
    static func joined(_ left: Self, _ right: Self) -> Self { left * right }
}
