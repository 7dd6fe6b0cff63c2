/// The two numbers of the binary algorithm for the greatest common divisor: a shrinks to zero, b, which is
/// odd, to the divisor.
struct InversePair<let width: Int> {
    private var a: LimbInteger<width>
    private var b: LimbInteger<width>

    /// The highest place where one of the numbers may have a limb.
    private var top = width - 1

    /// Two numbers, of which the second is odd.
    @inline(__always)
    init(_ a: LimbInteger<width>, _ b: LimbInteger<width>) {
        self.a = a
        self.b = b
    }

    /// Whether b is the greatest common divisor.
    @inline(__always)
    var isDone: Bool { top == 0 && a[0] == 0 }

    /// 31 halvings.
    @inline(__always)
    mutating func halve() -> InverseStep {
        var bits = a[top] | b[top]
        while top > 0, bits == 0 {
            top -= 1
            bits = a[top] | b[top]
        }
        if top == 0 { return InverseStep(halving: &a[0], &b[0]) }
        let shift = UInt64(truncatingIfNeeded: bits.leadingZeroBitCount)
        var (nearA, nearB) = (approximation(a, shift), approximation(b, shift))
        var step = InverseStep(halving: &nearA, &nearB)
        apply(&step)
        return step
    }

    /// The lowest 31 bits, and above them the highest 33 that one of the numbers has: `shift` is the
    /// number of zeros above those.
    @inline(__always)
    private func approximation(_ value: LimbInteger<width>, _ shift: UInt64) -> UInt64 {
        let high = value[top] &<< shift | (value[top - 1] &>> 1) &>> (63 &- shift)
        let mask: UInt64 = 1 << 31 - 1
        return high & ~mask | value[0] & mask
    }

    /// Applies 31 halvings to the numbers themselves. The coefficients of a row have opposite signs. The
    /// comparisons were made on approximations, so a number may come out negative; its sign is
    /// changed then, in the step too.
    @inline(__always)
    private mutating func apply(_ step: inout InverseStep) {
        let (aa, ab) = (step.aa.magnitude, step.ab.magnitude)
        let (ba, bb) = (step.ba.magnitude, step.bb.magnitude)
        // Sums of limbs times coefficients of at most 2^31 stay below 2^97 in size.
        var sumA = Int128(truncatingIfNeeded: UInt128(a[0]) &* UInt128(aa))
        sumA &-= Int128(truncatingIfNeeded: UInt128(b[0]) &* UInt128(ab))
        var sumB = Int128(truncatingIfNeeded: UInt128(b[0]) &* UInt128(bb))
        sumB &-= Int128(truncatingIfNeeded: UInt128(a[0]) &* UInt128(ba))
        for index in 1..<width {
            let (oldA, oldB) = (UInt128(a[index]), UInt128(b[index]))
            let (lowA, lowB) = (
                UInt64(truncatingIfNeeded: sumA) &>> 31, UInt64(truncatingIfNeeded: sumB) &>> 31
            )
            sumA = (sumA &>> 64) &+ Int128(truncatingIfNeeded: oldA &* UInt128(aa))
            sumB = (sumB &>> 64) &+ Int128(truncatingIfNeeded: oldB &* UInt128(bb))
            sumA &-= Int128(truncatingIfNeeded: oldB &* UInt128(ab))
            sumB &-= Int128(truncatingIfNeeded: oldA &* UInt128(ba))
            a[index - 1] = lowA | UInt64(truncatingIfNeeded: sumA) &<< 33
            b[index - 1] = lowB | UInt64(truncatingIfNeeded: sumB) &<< 33
        }
        a[width - 1] = UInt64(truncatingIfNeeded: sumA &>> 31)
        b[width - 1] = UInt64(truncatingIfNeeded: sumB &>> 31)
        let (negativeA, negativeB) = (sumA < 0, sumB < 0)
        if negativeA { a = LimbInteger().subtracting(a).difference }
        if negativeB { b = LimbInteger().subtracting(b).difference }
        step.setSigns(isNegativeA: negativeA, isNegativeB: negativeB)
    }
}
