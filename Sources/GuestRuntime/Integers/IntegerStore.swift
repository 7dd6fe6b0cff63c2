/// Signed integers of any length that are computed one from the other and forgotten together.
///
/// All limbs lie in one buffer, each new integer behind the others, so that a computation of a few dozen
/// steps allocates nothing once the buffer has grown.
struct IntegerStore {
    /// An integer of a store, valid until the store is emptied.
    struct Value {
        fileprivate(set) var start = 0
        /// How many limbs it has, without leading zeros; none is zero.
        fileprivate(set) var count = 0
        /// Never for zero.
        fileprivate(set) var isNegative = false

        /// Zero, in any store.
        static let zero = Value()

        /// Whether it is zero.
        var isZero: Bool { count == 0 }
    }

    private var limbs: [UInt64] = []
    private var used = 0
    private var inverter = ModularInverter()

    /// Forgets all integers.
    mutating func removeAll() { used = 0 }

    /// A new natural number of at most so many limbs; `fill` writes all of them.
    mutating func insert(
        count: Int, _ fill: (inout MutableSpan<UInt64>) throws(GuestStop) -> Void
    ) throws(GuestStop) -> Value {
        let start = try combine(.zero, .zero, count) { (_, _, target) throws(GuestStop) in
            try fill(&target)
        }
        return settle(start, count, isNegative: false)
    }

    /// Calls `body` with the limbs of an integer's magnitude.
    func withMagnitude<Result>(
        _ value: Value, _ body: (Span<UInt64>) throws(GuestStop) -> Result
    ) throws(GuestStop) -> Result {
        try body(limbs.span.extracting(value.start..<value.start + value.count))
    }

    /// Calls `body` with a magnitude in exactly so many limbs, which are enough.
    mutating func withMagnitude(
        _ value: Value, count: Int, _ body: (Span<UInt64>) throws(GuestStop) -> Void
    ) throws(GuestStop) {
        let start = try combine(value, .zero, count) { source, _, target in
            for index in 0..<target.count {
                target[index] = index < source.count ? source[index] : 0
            }
        }
        try body(limbs.span.extracting(start..<start + count))
        used = start
    }

    /// Forgets the leading zeros of a new integer, and makes the buffer end behind it.
    private mutating func settle(_ start: Int, _ count: Int, isNegative: Bool) -> Value {
        let length = Limbs.significantCount(limbs.span.extracting(start..<start + count))
        used = start + length
        return Value(start: start, count: length, isNegative: isNegative && length > 0)
    }

    /// Calls `body` with the magnitudes of two integers and room for so many limbs; returns where that is.
    private mutating func combine(
        _ left: Value, _ right: Value, _ count: Int,
        _ body: (Span<UInt64>, Span<UInt64>, inout MutableSpan<UInt64>) throws(GuestStop) -> Void
    ) throws(GuestStop) -> Int {
        let start = used
        try grow(count)
        unsafe try limbs.withUnsafeMutableBufferPointer { buffer throws(GuestStop) in
            // Both integers end at `start` at the latest, so the target overlaps neither; subscripts with
            // ranges are checked.
            let leftLimbs = unsafe UnsafeBufferPointer(
                rebasing: buffer[left.start..<left.start + left.count])
            let rightLimbs = unsafe UnsafeBufferPointer(
                rebasing: buffer[right.start..<right.start + right.count])
            let target = unsafe UnsafeMutableBufferPointer(
                rebasing: buffer[start..<start + count])
            var span = unsafe target.mutableSpan
            unsafe try body(leftLimbs.span, rightLimbs.span, &span)
        }
        return start
    }

    /// Makes room for so many limbs more.
    private mutating func grow(_ count: Int) throws(GuestStop) {
        let needed = used + count
        guard count <= GuestRuntimeLimits.bigIntegerLimbCountMax,
            needed <= GuestRuntimeLimits.bigIntegerStoreLimbCountMax
        else { throw .invalid("integers of a computation that are too long") }
        used = needed
        guard needed > limbs.count else { return }
        let doubled = min(2 * limbs.count, GuestRuntimeLimits.bigIntegerStoreLimbCountMax)
        let missing = max(needed, doubled) - limbs.count
        limbs.append(contentsOf: repeatElement(0, count: missing))
    }
}

// Arithmetic.
extension IntegerStore {
    /// `left + right`.
    mutating func add(_ left: Value, _ right: Value) throws(GuestStop) -> Value {
        guard left.isNegative != right.isNegative else {
            let count = max(left.count, right.count) + 1
            let start = try combine(left, right, count) { left, right, sum in
                Limbs.add(left, right, into: &sum)
            }
            return settle(start, count, isNegative: left.isNegative)
        }
        let (large, small) = isSmaller(left, right) ? (right, left) : (left, right)
        let start = try combine(large, small, large.count) { large, small, difference in
            Limbs.subtract(large, small, into: &difference)
        }
        return settle(start, large.count, isNegative: large.isNegative)
    }

    /// `left - right`.
    mutating func subtract(_ left: Value, _ right: Value) throws(GuestStop) -> Value {
        var negated = right
        negated.isNegative = !right.isNegative && !right.isZero
        return try add(left, negated)
    }

    /// `left * right`.
    mutating func multiply(_ left: Value, _ right: Value) throws(GuestStop) -> Value {
        let count = left.count + right.count
        let start = try combine(left, right, count) { left, right, product in
            Limbs.multiply(left, right, into: &product)
        }
        return settle(start, count, isNegative: left.isNegative != right.isNegative)
    }

    /// The quotient, truncated towards zero, and the remainder, which has the sign of `left`. `right` is not
    /// zero.
    mutating func divide(
        _ left: Value, _ right: Value
    ) throws(GuestStop) -> (quotient: Value, remainder: Value) {
        let restCount = max(left.count, right.count) + 1
        let quotientStart = try combine(.zero, .zero, left.count) { _, _, _ in }
        let restStart = try combine(.zero, .zero, restCount) { _, _, _ in }
        _ = try combine(left, right, right.count + 1) { _, _, _ in }
        divide(left, right, quotientStart, restStart, restCount)
        let remainder = settle(restStart, right.count, isNegative: left.isNegative)
        let end = used
        let quotient = settle(
            quotientStart, left.count, isNegative: left.isNegative != right.isNegative)
        used = end
        return (quotient, remainder)
    }

    /// The inverse of `|value|` modulo `|modulus|`, which is not zero; nil when there is none.
    mutating func invert(_ value: Value, _ modulus: Value) throws(GuestStop) -> Value? {
        let reduced = try divide(value, modulus).remainder
        guard !reduced.isZero,
            let inverse = Self.invert(reduced, modulus, limbs, &inverter)
        else { return nil }
        return try insert(count: inverse.count) { target in
            for index in 0..<target.count { target[index] = inverse[index] }
        }
    }

    private func isSmaller(_ left: Value, _ right: Value) -> Bool {
        guard left.count == right.count else { return left.count < right.count }
        return Limbs.isLess(
            limbs.span.extracting(left.start..<left.start + left.count),
            limbs.span.extracting(right.start..<right.start + right.count))
    }

    private static func invert(
        _ value: Value, _ modulus: Value, _ limbs: [UInt64], _ inverter: inout ModularInverter
    ) -> [UInt64]? {
        inverter.inverse(
            of: limbs.span.extracting(value.start..<value.start + value.count),
            modulo: limbs.span.extracting(modulus.start..<modulus.start + modulus.count))
    }

    /// Divides into a quotient and a rest that follow each other behind both integers, with room to work
    /// in behind them.
    private mutating func divide(
        _ left: Value, _ right: Value, _ quotientStart: Int, _ restStart: Int, _ restCount: Int
    ) {
        unsafe limbs.withUnsafeMutableBufferPointer { buffer in
            // The five ranges don't overlap: `divide(_:_:)` has reserved the last three one after the
            // other. Subscripts with ranges are checked.
            let restEnd = restStart + restCount
            let dividend = unsafe UnsafeBufferPointer(
                rebasing: buffer[left.start..<left.start + left.count])
            let divisor = unsafe UnsafeBufferPointer(
                rebasing: buffer[right.start..<right.start + right.count])
            let quotient = unsafe UnsafeMutableBufferPointer(
                rebasing: buffer[quotientStart..<restStart])
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[restStart..<restEnd])
            let work = unsafe UnsafeMutableBufferPointer(
                rebasing: buffer[restEnd..<restEnd + right.count + 1])
            var quotientSpan = unsafe quotient.mutableSpan
            var restSpan = unsafe rest.mutableSpan
            var workSpan = unsafe work.mutableSpan
            unsafe Limbs.divide(
                dividend.span, by: divisor.span, quotient: &quotientSpan, rest: &restSpan,
                normalised: &workSpan)
        }
    }
}
