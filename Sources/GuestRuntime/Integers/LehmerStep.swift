/// As many steps of Euclid's algorithm as the highest 64 bits of two numbers tell for sure.
struct LehmerStep {
    /// How many steps they are; none when the first quotient is in doubt.
    private(set) var count = 0

    // What the two numbers become: a times the larger and b times the smaller one, and c and d times. After
    // an even number of steps b and c are to be subtracted, after an odd number a and d.
    private var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (1, 0, 0, 1)

    /// The steps from two numbers. The highest limb of the larger one is not zero.
    init(_ larger: Span<UInt64>, _ smaller: Span<UInt64>) {
        let top = larger.count - 1
        let shift = larger[top].leadingZeroBitCount
        var high = Self.leadingBits(larger, top, shift)
        var low = Self.leadingBits(smaller, top, shift)
        // A single limb is all there is to know. Below 2^62, so that two factors are below 2^63 in sum.
        let isExact = top == 0 && larger[0] >> 62 == 0
        if isExact { (high, low) = (larger[0], smaller[0]) }
        while low != 0 {
            let (quotient, rest) = high.quotientAndRemainder(dividingBy: low)
            // A factor times the remainder before it is at most the number at the start: no overflow.
            let (nextC, nextD) = (a &+ quotient &* c, b &+ quotient &* d)
            // G. Collins' condition: what the other bits are cannot change the quotient.
            guard isExact || (rest >= nextD && low &- rest >= nextD &+ d) else { break }
            (a, b, c, d) = (c, d, nextC, nextD)
            (high, low) = (low, rest)
            count += 1
        }
    }

    /// 64 bits of a number from the place where the larger one has its highest.
    private static func leadingBits(_ value: Span<UInt64>, _ top: Int, _ shift: Int) -> UInt64 {
        let high = top < value.count ? value[top] : 0
        let low = top > 0 && top - 1 < value.count ? value[top - 1] : 0
        // In two steps, as a shift by 64 has to give zero.
        return high &<< UInt64(shift) | (low &>> 1) &>> UInt64(63 - shift)
    }

    /// Does the steps on two remainders of the same length. The results are not negative.
    func applyToRemainders(
        _ largerLimbs: inout [UInt64], _ smallerLimbs: inout [UInt64]
    ) {
        let isEven = count & 1 == 0
        var (first, second) = (Difference(), Difference())
        var larger = largerLimbs.mutableSpan
        var smaller = smallerLimbs.mutableSpan
        for index in 0..<larger.count {
            let (x, y) = (larger[index], smaller[index])
            if isEven {
                larger[index] = first.next(a, x, b, y)
                smaller[index] = second.next(d, y, c, x)
            } else {
                larger[index] = first.next(b, y, a, x)
                smaller[index] = second.next(c, x, d, y)
            }
        }
    }

    /// Does the steps on the value's factors in both remainders, which have the same length.
    func applyToFactors(
        _ largerLimbs: inout [UInt64], _ smallerLimbs: inout [UInt64]
    ) {
        var (first, second): (UInt128, UInt128) = (0, 0)
        var larger = largerLimbs.mutableSpan
        var smaller = smallerLimbs.mutableSpan
        for index in 0..<larger.count {
            let (x, y) = (UInt128(larger[index]), UInt128(smaller[index]))
            // Each pair of factors is below 2^64 in sum, so the products and a carry are below 2^128.
            first = first &+ x &* UInt128(a) &+ y &* UInt128(b)
            second = second &+ x &* UInt128(c) &+ y &* UInt128(d)
            larger[index] = UInt64(truncatingIfNeeded: first)
            smaller[index] = UInt64(truncatingIfNeeded: second)
            first &>>= 64
            second &>>= 64
        }
    }

    /// The limbs of a difference of two products, from the lowest on.
    private struct Difference {
        private var positive: UInt64 = 0
        private var negative: UInt64 = 0

        @inline(__always)
        mutating func next(
            _ factor: UInt64, _ limb: UInt64, _ otherFactor: UInt64, _ other: UInt64
        ) -> UInt64 {
            // Products and a carry below 2^64 fit in 128 bits.
            let plus = UInt128(factor) &* UInt128(limb) &+ UInt128(positive)
            let minus = UInt128(otherFactor) &* UInt128(other) &+ UInt128(negative)
            let (difference, borrow) = UInt64(truncatingIfNeeded: plus)
                .subtractingReportingOverflow(UInt64(truncatingIfNeeded: minus))
            positive = UInt64(truncatingIfNeeded: plus &>> 64)
            // The upper half of a product and a carry is below 2^64 - 1.
            negative = UInt64(truncatingIfNeeded: minus &>> 64) &+ (borrow ? 1 : 0)
            return difference
        }
    }
}
