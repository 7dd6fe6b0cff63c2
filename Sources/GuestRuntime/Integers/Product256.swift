/// Sums and products of numbers of 256 bits, four limbs of 64 bits with the least significant first.
enum Product256 {
    /// All 512 bits of `left * right`.
    @inline(__always)
    static func full(
        _ left: InlineArray<4, UInt64>, _ right: InlineArray<4, UInt64>
    ) -> InlineArray<8, UInt64> {
        var product = InlineArray<8, UInt64>(repeating: 0)
        for row in 0..<4 {
            var carry: UInt64 = 0
            for column in 0..<4 {
                // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1.
                let part =
                    UInt128(left[column]) &* UInt128(right[row])
                    &+ UInt128(product[row + column]) &+ UInt128(carry)
                product[row + column] = UInt64(truncatingIfNeeded: part)
                carry = UInt64(truncatingIfNeeded: part &>> 64)
            }
            product[row + 4] = carry
        }
        return product
    }

    /// `left + right` modulo 2^256, and whether it was larger.
    @inline(__always)
    static func sum(
        _ left: InlineArray<4, UInt64>, _ right: InlineArray<4, UInt64>
    ) -> (sum: InlineArray<4, UInt64>, overflow: Bool) {
        var sum = InlineArray<4, UInt64>(repeating: 0)
        var carry: UInt64 = 0
        for index in 0..<4 {
            // Three summands below 2^64 fit in 128 bits.
            let part = UInt128(left[index]) &+ UInt128(right[index]) &+ UInt128(carry)
            sum[index] = UInt64(truncatingIfNeeded: part)
            carry = UInt64(truncatingIfNeeded: part &>> 64)
        }
        return (sum, carry != 0)
    }
}
