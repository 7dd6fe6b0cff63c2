/// Multiplication modulo any number above one.
///
/// Modulo odd numbers in Montgomery's representation (P. Montgomery, "Modular Multiplication Without Trial
/// Division", Mathematics of Computation 44 (1985)); modulo even ones, which no field has, with a division
/// each time. Elements are below the modulus and have as many limbs.
struct ModularRing {
    /// An element in the ring's own representation. Equal elements are equal arrays.
    typealias Element = [UInt64]

    /// The modulus, without leading zeros.
    let modulus: [UInt64]

    /// One.
    private(set) var one: Element

    /// Minus the inverse of the lowest limb modulo 2^64; nil when the modulus is even.
    private let negatedInverse: UInt64?

    /// What makes a number an element when it is multiplied by it: 2^(128 · limbs), for odd moduli.
    private var radixSquared: [UInt64] = []

    private var product: [UInt64]

    /// The ring of a modulus, which is above one and has no leading zeros.
    init(_ modulus: [UInt64]) {
        self.modulus = modulus
        let count = modulus.count
        one = [1] + [UInt64](repeating: 0, count: count - 1)
        product = [UInt64](repeating: 0, count: count + 2)
        negatedInverse = modulus[0] & 1 == 1 ? Self.negatedInverse(modulus[0]) : nil
        guard negatedInverse != nil else { return }
        let power = [UInt64](repeating: 0, count: 2 * count) + [1]
        radixSquared = Self.remainder(power, modulus)
        one = element(one)
    }

    /// The element of a number of any length.
    mutating func element(_ number: [UInt64]) -> Element {
        var value = Self.remainder(number, modulus)
        if negatedInverse != nil { multiply(&value, by: radixSquared) }
        return value
    }

    /// The number of an element, in as many limbs as the modulus has.
    mutating func number(_ element: Element) -> [UInt64] {
        guard negatedInverse != nil else { return element }
        var value = element
        multiply(&value, by: [1] + [UInt64](repeating: 0, count: modulus.count - 1))
        return value
    }

    /// `value * factor` in place of `value`.
    mutating func multiply(_ value: inout Element, by factor: Element) {
        multiply(value, factor)
        Self.copy(product, to: &value)
    }

    /// The square of `value` in its place.
    mutating func square(_ value: inout Element) {
        multiply(value, value)
        Self.copy(product, to: &value)
    }

    /// How much work so many multiplications are, in products of limbs.
    func work(multiplications: Int) -> UInt64 {
        // At most 2^6 limbs, and 2^25 multiplications.
        UInt64(multiplications * (modulus.count * (2 * modulus.count + 8) + 16))
    }

    /// `left * right`, in the lower limbs of `product`.
    private mutating func multiply(_ left: Element, _ right: Element) {
        guard let negatedInverse else {
            let full = Self.product(left, right)
            Self.copy(Self.remainder(full, modulus), to: &product)
            return
        }
        Self.multiply(left, right, modulus, negatedInverse, &product)
    }
}

extension ModularRing {
    private static func negatedInverse(_ limb: UInt64) -> UInt64 {
        // Newton's iteration doubles the number of right bits, which is three for the limb itself.
        var inverse = limb
        for _ in 0..<5 { inverse = inverse &* (2 &- limb &* inverse) }
        return 0 &- inverse
    }

    private static func copy(_ source: [UInt64], to target: inout [UInt64]) {
        for index in 0..<min(source.count, target.count) { target[index] = source[index] }
    }

    private static func product(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var product = [UInt64](repeating: 0, count: left.count + right.count)
        var span = product.mutableSpan
        Limbs.multiply(left.span, right.span, into: &span)
        return product
    }

    /// A number modulo another that has no leading zeros.
    static func remainder(_ number: [UInt64], _ modulus: [UInt64]) -> [UInt64] {
        var quotient = [UInt64](repeating: 0, count: number.count)
        var rest = [UInt64](repeating: 0, count: max(number.count, modulus.count) + 1)
        var work = [UInt64](repeating: 0, count: modulus.count + 1)
        do {
            var quotientSpan = quotient.mutableSpan
            var restSpan = rest.mutableSpan
            var workSpan = work.mutableSpan
            Limbs.divide(
                number.span, by: modulus.span, quotient: &quotientSpan, rest: &restSpan,
                normalised: &workSpan)
        }
        rest.removeLast(rest.count - modulus.count)
        return rest
    }

    /// `left * right / 2^(64 · limbs)` modulo an odd number, in the lower limbs of `sum`. All have as many
    /// limbs as the modulus, `sum` has two more.
    private static func multiply(
        _ leftLimbs: [UInt64], _ rightLimbs: [UInt64], _ modulusLimbs: [UInt64],
        _ negatedInverse: UInt64, _ result: inout [UInt64]
    ) {
        let (left, right, modulus) = (leftLimbs.span, rightLimbs.span, modulusLimbs.span)
        var sum = result.mutableSpan
        let count = modulus.count
        precondition(left.count == count && right.count == count && sum.count == count + 2)
        if count == 4 { return multiplyFour(left, right, modulus, negatedInverse, &sum) }
        for index in 0...count { sum[index] = 0 }
        for row in 0..<count {
            // A multiple of the modulus makes the lowest limb zero, which is dropped.
            let factor = left[row]
            var (low, carry) = Product256.multiplyAdd(factor, right[0], sum[0], 0)
            let quotient = low &* negatedInverse
            var second = Product256.multiplyAdd(quotient, modulus[0], low, 0).high
            // All three have `count` limbs or more, as was checked.
            for index in 1..<count {
                let limb = unsafe (right[unchecked: index], modulus[unchecked: index])
                (low, carry) = Product256.multiplyAdd(
                    factor, limb.0, unsafe sum[unchecked: index], carry)
                (low, second) = Product256.multiplyAdd(quotient, limb.1, low, second)
                unsafe sum[unchecked: index &- 1] = low
            }
            // The sum stays below twice the modulus.
            let top = UInt128(sum[count]) &+ UInt128(carry) &+ UInt128(second)
            sum[count - 1] = UInt64(truncatingIfNeeded: top)
            sum[count] = UInt64(truncatingIfNeeded: top &>> 64)
        }
        reduce(&sum, modulus)
    }

    /// The same for four limbs, with all of them in registers.
    private static func multiplyFour(
        _ left: Span<UInt64>, _ right: Span<UInt64>, _ modulus: Span<UInt64>,
        _ negatedInverse: UInt64, _ sum: inout MutableSpan<UInt64>
    ) {
        let factor: InlineArray<4, UInt64> = [right[0], right[1], right[2], right[3]]
        let divisor: InlineArray<4, UInt64> = [modulus[0], modulus[1], modulus[2], modulus[3]]
        var low: InlineArray<4, UInt64> = [0, 0, 0, 0]
        var top: UInt64 = 0
        for row in 0..<4 {
            let first = Product256.row(factor, left[row], adding: low)
            let second = Product256.row(
                divisor, first[0] &* negatedInverse,
                adding: [first[0], first[1], first[2], first[3]])
            // As above: the sum stays below twice the modulus.
            let carry = UInt128(first[4]) &+ UInt128(second[4]) &+ UInt128(top)
            low = [second[1], second[2], second[3], UInt64(truncatingIfNeeded: carry)]
            top = UInt64(truncatingIfNeeded: carry &>> 64)
        }
        (sum[0], sum[1], sum[2], sum[3], sum[4]) = (low[0], low[1], low[2], low[3], top)
        reduce(&sum, modulus)
    }

    /// Takes the modulus off a sum below twice of it, unless the sum is smaller.
    private static func reduce(_ sum: inout MutableSpan<UInt64>, _ modulus: Span<UInt64>) {
        let count = modulus.count
        if sum[count] == 0, Limbs.isLess(sum.span.extracting(0..<count), modulus) { return }
        var borrow: UInt64 = 0
        for index in 0..<count {
            let (partial, first) = sum[index].subtractingReportingOverflow(modulus[index])
            let (difference, second) = partial.subtractingReportingOverflow(borrow)
            sum[index] = difference
            borrow = first || second ? 1 : 0
        }
    }
}
