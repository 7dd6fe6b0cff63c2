/// Products of numbers of 256 bits, four limbs of 64 bits with the least significant first.
///
/// Written out, so that every limb is a register: with loops the compiler copies whole arrays at each
/// step, and a product takes three times as long.
enum Product256 {
    /// All 512 bits of `left * right`.
    @inline(__always)
    static func full(
        _ left: InlineArray<4, UInt64>, _ right: InlineArray<4, UInt64>
    ) -> InlineArray<8, UInt64> {
        let first = row(left, right[0], adding: [0, 0, 0, 0])
        let second = row(left, right[1], adding: [first[1], first[2], first[3], first[4]])
        let third = row(left, right[2], adding: [second[1], second[2], second[3], second[4]])
        let fourth = row(left, right[3], adding: [third[1], third[2], third[3], third[4]])
        return [
            first[0], second[0], third[0], fourth[0], fourth[1], fourth[2], fourth[3], fourth[4],
        ]
    }

    /// `value * factor + sum`, which always fits in five limbs.
    @inline(__always)
    static func row(
        _ value: InlineArray<4, UInt64>, _ factor: UInt64, adding sum: InlineArray<4, UInt64>
    ) -> InlineArray<5, UInt64> {
        let part0 = multiplyAdd(value[0], factor, sum[0], 0)
        let part1 = multiplyAdd(value[1], factor, sum[1], part0.high)
        let part2 = multiplyAdd(value[2], factor, sum[2], part1.high)
        let part3 = multiplyAdd(value[3], factor, sum[3], part2.high)
        return [part0.low, part1.low, part2.low, part3.low, part3.high]
    }

    /// `left * right + first + second` in two limbs.
    @inline(__always)
    static func multiplyAdd(
        _ left: UInt64, _ right: UInt64, _ first: UInt64, _ second: UInt64
    ) -> (low: UInt64, high: UInt64) {
        // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1.
        let part = UInt128(left) &* UInt128(right) &+ UInt128(first) &+ UInt128(second)
        return (UInt64(truncatingIfNeeded: part), UInt64(truncatingIfNeeded: part &>> 64))
    }
}
