extension UInt256 {
    /// The sum modulo 2^256, and whether it was greater.
    public func addingReportingOverflow(_ other: UInt256) -> (sum: UInt256, overflow: Bool) {
        var sum = self
        var carry: UInt32 = 0
        for index in 0..<UInt256.limbCount {
            let (partial, first) = limbs[index].addingReportingOverflow(other.limbs[index])
            let (whole, second) = partial.addingReportingOverflow(carry)
            sum.limbs[index] = whole
            carry = first || second ? 1 : 0
        }
        return (sum, carry != 0)
    }

    /// The difference modulo 2^256, and whether it was below zero.
    public func subtractingReportingOverflow(
        _ other: UInt256
    ) -> (difference: UInt256, overflow: Bool) {
        var difference = self
        var borrow: UInt32 = 0
        for index in 0..<UInt256.limbCount {
            let (partial, first) = limbs[index].subtractingReportingOverflow(other.limbs[index])
            let (whole, second) = partial.subtractingReportingOverflow(borrow)
            difference.limbs[index] = whole
            borrow = first || second ? 1 : 0
        }
        return (difference, borrow != 0)
    }

    /// The product modulo 2^256, and whether it was greater.
    public func multipliedReportingOverflow(
        by other: UInt256
    ) -> (product: UInt256, overflow: Bool) {
        var product = UInt256.zero
        var overflow = false
        for row in 0..<UInt256.limbCount where limbs[row] != 0 {
            var carry: UInt64 = 0
            for column in 0..<UInt256.limbCount {
                let place = row + column
                guard place < UInt256.limbCount else {
                    overflow = overflow || other.limbs[column] != 0
                    continue
                }
                // At most (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
                carry &+= UInt64(limbs[row]) &* UInt64(other.limbs[column])
                carry &+= UInt64(product.limbs[place])
                product.limbs[place] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            overflow = overflow || carry != 0
        }
        return (product, overflow)
    }

    public static func + (left: UInt256, right: UInt256) -> UInt256 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { Program.fail("a sum is above 2^256 - 1") }
        return sum
    }

    public static func - (left: UInt256, right: UInt256) -> UInt256 {
        let (difference, overflow) = left.subtractingReportingOverflow(right)
        guard !overflow else { Program.fail("a difference is below zero") }
        return difference
    }

    public static func * (left: UInt256, right: UInt256) -> UInt256 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else { Program.fail("a product is above 2^256 - 1") }
        return product
    }

    public static func &+ (left: UInt256, right: UInt256) -> UInt256 {
        left.addingReportingOverflow(right).sum
    }

    public static func &- (left: UInt256, right: UInt256) -> UInt256 {
        left.subtractingReportingOverflow(right).difference
    }

    public static func &* (left: UInt256, right: UInt256) -> UInt256 {
        left.multipliedReportingOverflow(by: right).product
    }

    public static func += (left: inout UInt256, right: UInt256) { left = left + right }

    public static func -= (left: inout UInt256, right: UInt256) { left = left - right }

    public static func *= (left: inout UInt256, right: UInt256) { left = left * right }

    /// Bits moved up by `count`, 0 or more; those that leave the top are lost.
    public static func << (value: UInt256, count: Int) -> UInt256 {
        var result = UInt256.zero
        let (words, bits) = (count / 32, count % 32)
        var index = limbCount - 1
        while index >= words {
            let source = index - words
            result.limbs[index] = value.limbs[source] << UInt32(bits)
            if bits != 0, source > 0 {
                result.limbs[index] |= value.limbs[source - 1] >> UInt32(32 - bits)
            }
            index -= 1
        }
        return result
    }

    /// Bits moved down by `count`, 0 or more; those that leave the bottom are lost.
    public static func >> (value: UInt256, count: Int) -> UInt256 {
        var result = UInt256.zero
        let (words, bits) = (count / 32, count % 32)
        var index = 0
        while index + words < limbCount {
            let source = index + words
            result.limbs[index] = value.limbs[source] >> UInt32(bits)
            if bits != 0, source + 1 < limbCount {
                result.limbs[index] |= value.limbs[source + 1] << UInt32(32 - bits)
            }
            index += 1
        }
        return result
    }
}
