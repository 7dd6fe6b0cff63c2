/// Arithmetic on natural numbers of any length, as limbs of 64 bits, the least significant first.
///
/// Operands may have leading zeros. No operation allocates, and each writes every limb of its result.
enum Limbs {
    /// How many limbs there are without leading zeros.
    static func significantCount(_ value: Span<UInt64>) -> Int {
        var count = value.count
        while count > 0, value[count - 1] == 0 { count -= 1 }
        return count
    }

    /// How many bits there are without leading zeros.
    static func bitCount(_ value: Span<UInt64>) -> Int {
        let count = significantCount(value)
        return count == 0 ? 0 : 64 * count - value[count - 1].leadingZeroBitCount
    }

    /// Whether `left` is smaller than `right`. Both may have any number of limbs.
    static func isLess(_ left: Span<UInt64>, _ right: Span<UInt64>) -> Bool {
        var index = max(left.count, right.count)
        while index > 0 {
            index -= 1
            let leftLimb = index < left.count ? left[index] : 0
            let rightLimb = index < right.count ? right[index] : 0
            if leftLimb != rightLimb { return leftLimb < rightLimb }
        }
        return false
    }

    /// `left + right` in `result`, which has one limb more than the longer of them.
    static func add(
        _ left: Span<UInt64>, _ right: Span<UInt64>, into result: inout MutableSpan<UInt64>
    ) {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        precondition(result.count == long.count + 1, "a sum of another length")
        var carry: UInt64 = 0
        for index in 0..<short.count {
            // Three summands below 2^64 fit in 128 bits.
            let sum = UInt128(long[index]) &+ UInt128(short[index]) &+ UInt128(carry)
            result[index] = UInt64(truncatingIfNeeded: sum)
            carry = UInt64(truncatingIfNeeded: sum &>> 64)
        }
        for index in short.count..<long.count {
            let (sum, overflow) = long[index].addingReportingOverflow(carry)
            result[index] = sum
            carry = overflow ? 1 : 0
        }
        result[long.count] = carry
    }

    /// `left - right` in `result`, which has as many limbs as `left`. `left` is not the smaller one.
    static func subtract(
        _ left: Span<UInt64>, _ right: Span<UInt64>, into result: inout MutableSpan<UInt64>
    ) {
        precondition(result.count == left.count, "a difference of another length")
        let shared = min(left.count, right.count)
        var borrow: UInt64 = 0
        for index in 0..<shared {
            let (partial, first) = left[index].subtractingReportingOverflow(right[index])
            let (difference, second) = partial.subtractingReportingOverflow(borrow)
            result[index] = difference
            borrow = first || second ? 1 : 0
        }
        for index in shared..<left.count {
            let (difference, overflow) = left[index].subtractingReportingOverflow(borrow)
            result[index] = difference
            borrow = overflow ? 1 : 0
        }
    }

    /// `left * right` in `result`, which has as many limbs as both together.
    static func multiply(
        _ left: Span<UInt64>, _ right: Span<UInt64>, into result: inout MutableSpan<UInt64>
    ) {
        precondition(result.count == left.count + right.count, "a product of another length")
        for index in 0..<left.count { result[index] = 0 }
        for index in 0..<right.count {
            result[left.count + index] = addProduct(left, right[index], to: &result, at: index)
        }
    }

    /// Adds `value * factor` to the limbs of `sum` from `start` on; returns what does not fit in as many
    /// limbs as `value` has.
    @inline(__always)
    static func addProduct(
        _ value: Span<UInt64>, _ factor: UInt64, to sum: inout MutableSpan<UInt64>, at start: Int
    ) -> UInt64 {
        precondition(start >= 0 && start <= sum.count - value.count, "a sum that is too short")
        var carry: UInt64 = 0
        var place = start
        // The places are those of `value` and, from `start` on, as many of `sum`, which has them.
        for index in 0..<value.count {
            let limb = unsafe (value[unchecked: index], sum[unchecked: place])
            // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1.
            let part = UInt128(limb.0) &* UInt128(factor) &+ UInt128(limb.1) &+ UInt128(carry)
            unsafe sum[unchecked: place] = UInt64(truncatingIfNeeded: part)
            carry = UInt64(truncatingIfNeeded: part &>> 64)
            place &+= 1
        }
        return carry
    }

    /// Subtracts `value * factor` from the limbs of `difference` from `start` on; returns what has to be
    /// subtracted further up.
    @inline(__always)
    static func subtractProduct(
        _ value: Span<UInt64>, _ factor: UInt64, from difference: inout MutableSpan<UInt64>,
        at start: Int
    ) -> UInt64 {
        precondition(
            start >= 0 && start <= difference.count - value.count, "a difference too short")
        var borrow: UInt64 = 0
        var place = start
        // As in `addProduct`.
        for index in 0..<value.count {
            let limb = unsafe (value[unchecked: index], difference[unchecked: place])
            // At most (2^64 - 1)^2 + 2^64 - 1, so the upper half is below 2^64 - 1.
            let part = UInt128(limb.0) &* UInt128(factor) &+ UInt128(borrow)
            let (rest, overflow) = limb.1.subtractingReportingOverflow(
                UInt64(truncatingIfNeeded: part))
            unsafe difference[unchecked: place] = rest
            borrow = UInt64(truncatingIfNeeded: part &>> 64) &+ (overflow ? 1 : 0)
            place &+= 1
        }
        return borrow
    }

    /// `value` shifted left by less than 64 bits, in the first limbs of `result`, one more than it has.
    static func shiftLeft(
        _ value: Span<UInt64>, by bitCount: Int, into result: inout MutableSpan<UInt64>
    ) {
        precondition(result.count > value.count, "a shifted number of another length")
        var carry: UInt64 = 0
        for index in 0..<value.count {
            let limb = value[index]
            result[index] = limb &<< UInt64(bitCount) | carry
            // A shift by 64 has to give zero.
            carry = (limb &>> 1) &>> UInt64(63 - bitCount)
        }
        result[value.count] = carry
    }

    /// The first `count` limbs shifted right by less than 64 bits, in place; nothing comes in from above.
    static func shiftRight(
        _ value: inout MutableSpan<UInt64>, count: Int, by bitCount: Int
    ) {
        var carry: UInt64 = 0
        var index = count
        while index > 0 {
            index -= 1
            let limb = value[index]
            value[index] = limb &>> UInt64(bitCount) | carry
            carry = (limb &<< 1) &<< UInt64(63 - bitCount)
        }
    }
}
