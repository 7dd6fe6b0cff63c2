/// Inverses modulo any number, by Lehmer's variant of Euclid's algorithm (D. Knuth, The Art of Computer
/// Programming, volume 2, section 4.5.2, algorithm L): most steps are done on the highest 64 bits of both
/// numbers and carried out on the whole numbers thirty at a time.
///
/// Keeps its storage between calls.
struct ModularInverter {
    // Two neighbours of the sequence of remainders, `larger` first, and the factors that the value has in
    // them modulo the modulus. Those have the same signs in turn: the factor of `larger` is negative after
    // an even number of steps, that of `smaller` after an odd number.
    private var larger: [UInt64] = []
    private var smaller: [UInt64] = []
    private var largerFactor: [UInt64] = []
    private var smallerFactor: [UInt64] = []
    private var stepCount = 0

    // To work in.
    private var quotient: [UInt64] = []
    private var rest: [UInt64] = []
    private var normalised: [UInt64] = []

    /// The inverse of a value, in as many limbs as the modulus has; nil when there is none.
    ///
    /// - Parameters:
    ///   - value: below the modulus; may have leading zeros.
    ///   - modulus: its highest limb is not zero.
    mutating func inverse(of value: Span<UInt64>, modulo modulus: Span<UInt64>) -> [UInt64]? {
        start(value, modulus)
        while true {
            trim()
            guard !smaller.isEmpty else { break }
            let step = LehmerStep(larger.span, smaller.span)
            if step.count == 0 {
                divide()
            } else {
                carryOut(step)
            }
        }
        guard larger == [1] else { return nil }
        return result(modulus)
    }

    private mutating func start(_ value: Span<UInt64>, _ modulus: Span<UInt64>) {
        let count = modulus.count
        Self.fill(&larger, modulus, count)
        Self.fill(&smaller, value, count)
        // Factors stay at or below the modulus.
        Self.zero(&largerFactor, count)
        Self.zero(&smallerFactor, count)
        smallerFactor[0] = 1
        stepCount = 0
    }

    /// Takes off leading zeros, so that each round works on what is left.
    private mutating func trim() {
        while larger.last == 0 { larger.removeLast() }
        while smaller.last == 0 { smaller.removeLast() }
    }

    /// The value's factor in a remainder of one, made positive.
    private func result(_ modulus: Span<UInt64>) -> [UInt64] {
        guard stepCount & 1 == 0 else { return largerFactor }
        var difference = [UInt64](repeating: 0, count: modulus.count)
        var span = difference.mutableSpan
        Limbs.subtract(modulus, largerFactor.span, into: &span)
        return difference
    }

    private static func fill(_ limbs: inout [UInt64], _ value: Span<UInt64>, _ count: Int) {
        zero(&limbs, count)
        for index in 0..<min(count, value.count) { limbs[index] = value[index] }
    }

    private static func zero(_ limbs: inout [UInt64], _ count: Int) {
        limbs.removeAll(keepingCapacity: true)
        limbs.append(contentsOf: repeatElement(0, count: count))
    }
}

// The steps.
extension ModularInverter {
    /// One step with the whole numbers.
    private mutating func divide() {
        Self.zero(&quotient, larger.count)
        Self.zero(&rest, larger.count + 1)
        Self.zero(&normalised, smaller.count + 1)
        Self.divide(larger, smaller, &quotient, &rest, &normalised)
        rest.removeLast()
        swap(&larger, &smaller)
        swap(&smaller, &rest)
        Self.addMultiple(quotient, smallerFactor, to: &largerFactor)
        swap(&largerFactor, &smallerFactor)
        stepCount += 1
    }

    private static func divide(
        _ dividend: [UInt64], _ divisor: [UInt64], _ quotient: inout [UInt64],
        _ rest: inout [UInt64], _ normalised: inout [UInt64]
    ) {
        var quotientSpan = quotient.mutableSpan
        var restSpan = rest.mutableSpan
        var workSpan = normalised.mutableSpan
        Limbs.divide(
            dividend.span, by: divisor.span, quotient: &quotientSpan, rest: &restSpan,
            normalised: &workSpan)
    }

    /// Adds the product of a quotient and a factor to the other factor. The sum is at most the modulus.
    private static func addMultiple(
        _ quotient: [UInt64], _ factor: [UInt64], to sum: inout [UInt64]
    ) {
        let count = Limbs.significantCount(factor.span)
        var span = sum.mutableSpan
        for place in 0..<quotient.count where quotient[place] != 0 {
            var carry = Limbs.addProduct(
                factor.span.extracting(0..<count), quotient[place], to: &span, at: place)
            var index = place + count
            while carry != 0, index < span.count {
                let (sum, overflow) = span[index].addingReportingOverflow(carry)
                span[index] = sum
                carry = overflow ? 1 : 0
                index += 1
            }
        }
    }

    /// Many steps at once.
    private mutating func carryOut(_ step: LehmerStep) {
        while smaller.count < larger.count { smaller.append(0) }
        step.applyToRemainders(&larger, &smaller)
        step.applyToFactors(&largerFactor, &smallerFactor)
        stepCount += step.count
    }
}
