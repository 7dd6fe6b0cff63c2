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

    @inline(__always)
    var natural: LimbInteger<4> { Modulus.reduce(value) }

    @inline(__always)
    static func == (left: Self, right: Self) -> Bool {
        if left.value == right.value { return true }
        // Of two numbers below the prime, which nearly all are, that was all.
        return left.isLarge || right.isLarge ? areEqualModulo(left, right) : false
    }

    @inline(never)
    private static func areEqualModulo(_ left: Self, _ right: Self) -> Bool {
        left.natural == right.natural
    }

    /// Whether the number may not be below the prime.
    @inline(__always)
    private var isLarge: Bool { value[3] >= Modulus.modulus[3] }

    // What is added or subtracted for 2^256 reaches beyond the lowest limb once in billions of times, but for
    // numbers that were chosen so: those go another way.
    @inline(__always)
    static func + (left: Self, right: Self) -> Self {
        var (sum, carry) = left.value.adding(right.value)
        let (low, overflow) = sum[0].addingReportingOverflow(Modulus.fold & (0 &- carry))
        if overflow { return carried(sum, carry) }
        sum[0] = low
        return Self(reducing: sum)
    }

    @inline(__always)
    static func - (left: Self, right: Self) -> Self {
        var (difference, borrow) = left.value.subtracting(right.value)
        let (low, overflow) = difference[0].subtractingReportingOverflow(
            Modulus.fold & (0 &- borrow))
        if overflow { return borrowed(difference, borrow) }
        difference[0] = low
        return Self(reducing: difference)
    }

    /// A number and as many times 2^256, where that is added to more than the lowest limb.
    @inline(never)
    private static func carried(_ value: LimbInteger<4>, _ count: UInt64) -> Self {
        // What leaves 2^256 once more is below 2^68 then: adding fold cannot leave it again.
        let (folded, again) = value.adding(LimbInteger(Modulus.fold &* count))
        return Self(reducing: folded.adding(LimbInteger(Modulus.fold & (0 &- again))).sum)
    }

    /// A number less as many times 2^256, where that is subtracted from more than the lowest limb.
    @inline(never)
    private static func borrowed(_ value: LimbInteger<4>, _ count: UInt64) -> Self {
        // As above: what falls below zero once more is at least 2^256 - fold.
        let (folded, again) = value.subtracting(LimbInteger(Modulus.fold &* count))
        let rest = LimbInteger<4>(Modulus.fold & (0 &- again))
        return Self(reducing: folded.subtracting(rest).difference)
    }

    // Limbs in variables of their own stay in registers, which they do not as an array.
    @inline(__always)
    static func * (left: Self, right: Self) -> Self {
        let (a, b) = (left.value, right.value)
        var carry: UInt64 = 0
        let r0 = UInt64(0).adding(product: a[0], b[0], &carry)
        var r1 = UInt64(0).adding(product: a[1], b[0], &carry)
        var r2 = UInt64(0).adding(product: a[2], b[0], &carry)
        var r3 = UInt64(0).adding(product: a[3], b[0], &carry)
        var r4 = carry
        carry = 0
        r1 = r1.adding(product: a[0], b[1], &carry)
        r2 = r2.adding(product: a[1], b[1], &carry)
        r3 = r3.adding(product: a[2], b[1], &carry)
        r4 = r4.adding(product: a[3], b[1], &carry)
        var r5 = carry
        carry = 0
        r2 = r2.adding(product: a[0], b[2], &carry)
        r3 = r3.adding(product: a[1], b[2], &carry)
        r4 = r4.adding(product: a[2], b[2], &carry)
        r5 = r5.adding(product: a[3], b[2], &carry)
        var r6 = carry
        carry = 0
        r3 = r3.adding(product: a[0], b[3], &carry)
        r4 = r4.adding(product: a[1], b[3], &carry)
        r5 = r5.adding(product: a[2], b[3], &carry)
        r6 = r6.adding(product: a[3], b[3], &carry)
        return Self(folding: r0, r1, r2, r3, r4, r5, r6, carry)
    }

    /// Six of the sixteen products are there twice, and computed once.
    @inline(__always)
    var squared: Self {
        let a = value
        var carry: UInt64 = 0
        let p1 = UInt64(0).adding(product: a[0], a[1], &carry)
        let p2 = UInt64(0).adding(product: a[0], a[2], &carry)
        var p3 = UInt64(0).adding(product: a[0], a[3], &carry)
        var p4 = carry
        carry = 0
        p3 = p3.adding(product: a[1], a[2], &carry)
        p4 = p4.adding(product: a[1], a[3], &carry)
        var p5 = carry
        carry = 0
        p5 = p5.adding(product: a[2], a[3], &carry)
        let p6 = carry
        carry = 0
        let r0 = UInt64(0).adding(product: a[0], a[0], &carry)
        let r1 = (p1 &<< 1).adding(0, &carry)
        let s1 = a[1].multipliedFullWidth(by: a[1])
        let r2 = (p2 &<< 1 | p1 &>> 63).adding(s1.low, &carry)
        let r3 = (p3 &<< 1 | p2 &>> 63).adding(s1.high, &carry)
        let s2 = a[2].multipliedFullWidth(by: a[2])
        let r4 = (p4 &<< 1 | p3 &>> 63).adding(s2.low, &carry)
        let r5 = (p5 &<< 1 | p4 &>> 63).adding(s2.high, &carry)
        let s3 = a[3].multipliedFullWidth(by: a[3])
        let r6 = (p6 &<< 1 | p5 &>> 63).adding(s3.low, &carry)
        let r7 = (p6 &>> 63).adding(s3.high, &carry)
        return Self(folding: r0, r1, r2, r3, r4, r5, r6, r7)
    }

    @inline(__always)
    var halved: Self { Self(reducing: value.halved(modulo: Modulus.modulus)) }

    /// A number of eight limbs.
    @inline(__always)
    private init(
        folding r0: UInt64, _ r1: UInt64, _ r2: UInt64, _ r3: UInt64,
        _ r4: UInt64, _ r5: UInt64, _ r6: UInt64, _ r7: UInt64
    ) {
        let fold = Modulus.fold
        var carry: UInt64 = 0
        let s0 = r0.adding(product: r4, fold, &carry)
        let s1 = r1.adding(product: r5, fold, &carry)
        let s2 = r2.adding(product: r6, fold, &carry)
        let s3 = r3.adding(product: r7, fold, &carry)
        // The carry is at most fold, so what it stands for is below 2^68.
        let rest = carry.multipliedFullWidth(by: fold)
        carry = 0
        let t0 = s0.adding(rest.low, &carry)
        let t1 = s1.adding(rest.high, &carry)
        if carry == 0 {
            self.init(reducing: LimbInteger([t0, t1, s2, s3]))
        } else {
            self = Self.carriedHigh(LimbInteger([t0, t1, s2, s3]))
        }
    }

    /// A number whose two upper limbs lack a carry.
    @inline(never)
    private static func carriedHigh(_ value: LimbInteger<4>) -> Self {
        let (sum, carry) = value.adding(LimbInteger([0, 0, 1, 0]))
        // A sum that left 2^256 is below 2^68.
        return carried(sum, carry)
    }

    var multiplier: Self { self }

    @inline(__always)
    static func quotient(_ numerator: Self, _ denominator: Self) -> Self {
        Self(reducing: Modulus.divide(LimbInteger(1), by: denominator.natural)) * numerator
    }

    @inline(__always)
    static func product(_ factor: Self, _ element: Self) -> Self { factor * element }

    @inline(__always)
    static func square(_ factor: Self) -> Self { factor.squared }

    @inline(__always)
    static func element(_ factor: Self) -> Self { factor }
}
