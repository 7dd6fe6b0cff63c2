/// Arithmetic in the BabyBear field, modulo p = 15 · 2²⁷ + 1, on one element or on two at once.
///
/// Elements are in Montgomery form: x stands for x · R⁻¹ mod p with R = 2³². They are not always reduced:
/// each function says below how many times p its result is. 2³² is 2.13 p, and a lane has to be below it
/// where it is multiplied. Every `&+`, `&-` and `&*` here stays within 64 bits by these bounds.
enum BabyBear {
    /// Two elements. On x86-64 a product of two such lanes is one instruction when the compiler can see
    /// that each is below 2³².
    typealias Pair = SIMD2<UInt64>

    /// The prime p.
    static let prime: UInt64 = 2_013_265_921
    /// p⁻¹ modulo R.
    private static let inverse: UInt64 = 2_281_701_377
    /// -p⁻¹ modulo R.
    private static let negatedInverse: UInt64 = 2_013_265_919
    /// R² mod p: the product with it brings a plain number into Montgomery form.
    static let radixSquared: UInt64 = 1_172_168_163

    /// x · R⁻¹ for x below 1.13 p · R: below x / R + p.
    @inline(__always)
    static func reduced(_ value: Pair) -> Pair {
        // With this multiple of p added, the lower 32 bits are zero.
        let multiple = low(low(value) &* Pair(repeating: negatedInverse))
        return (value &+ multiple &* Pair(repeating: prime)) &>> 32
    }

    /// The product of two elements, whose factors of p multiply to at most 2.42: below 0.47 times their
    /// product, plus 1.
    @inline(__always)
    static func product(_ a: Pair, _ b: Pair) -> Pair { reduced(low(a) &* low(b)) }

    /// The same value below 1.08 p, for a value below 2⁴⁰.
    @inline(__always)
    static func narrowed(_ value: Pair) -> Pair {
        // 4369 / 2¹⁶ is 1 / 15 less a millionth, so this is the quotient by p, or one less when the
        // remainder is below 0.08 p. The difference is below R, so its lower half is all of it.
        let quotient = (low(value &>> 27) &* Pair(repeating: 4369)) &>> 16
        return low(value &+ low(quotient) &* Pair(repeating: 1 << 32 - prime))
    }

    /// x⁷ for x below 1.08 p: below 2.8 p.
    @inline(__always)
    static func seventhPower(_ x: Pair) -> Pair {
        let square = product(x, x)  // below 1.55 p
        let cube = product(square, x)  // below 1.79 p
        let fourth = product(square, square)  // below 2.13 p
        // Too large for `reduced`: here the multiple of p is taken away, and p added to stay positive.
        let value = low(cube) &* low(fourth)
        let multiple = low(low(value) &* Pair(repeating: inverse))
        return (value &>> 32) &+ Pair(repeating: prime)
            &- (multiple &* Pair(repeating: prime)) &>> 32
    }

    /// The lower halves. Where a lane is below 2³² anyway this costs nothing: it lets the compiler see it.
    @inline(__always)
    static func low(_ value: Pair) -> Pair { value & Pair(repeating: 0xffff_ffff) }

    /// The product of two elements below 2³²: below p, or below 0.47 times the product of their factors of
    /// p when that is more.
    @inline(__always)
    static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let value = a &* b
        let multiple = UInt64(UInt32(truncatingIfNeeded: value) &* UInt32(inverse))
        let difference = (value >> 32) &- (multiple &* prime) >> 32
        // p more where that was negative.
        return difference &+ (prime & (0 &- difference >> 63))
    }

    /// The same value below 1.08 p, for a value below 2⁴⁰.
    @inline(__always)
    static func narrowed(_ value: UInt64) -> UInt64 {
        value &- ((value >> 27 &* 4369) >> 16) &* prime
    }

    /// A plain number in Montgomery form, below p.
    static func montgomery(_ value: UInt32) -> UInt64 { UInt64(value) << 32 % prime }
}
