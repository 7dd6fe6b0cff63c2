// The steps of arithmetic on several limbs. No sum here leaves 128 bits: (2^64 - 1)^2 + 2·(2^64 - 1) is
// 2^128 - 1.
extension UInt64 {
    /// self + other + carry; the carry, 0 or 1, becomes that of the sum.
    @inline(__always)
    func adding(_ other: UInt64, _ carry: inout UInt64) -> UInt64 {
        let sum = UInt128(self) &+ UInt128(other) &+ UInt128(carry)
        carry = UInt64(truncatingIfNeeded: sum &>> 64)
        return UInt64(truncatingIfNeeded: sum)
    }

    /// self - other - borrow; the borrow, 0 or 1, becomes that of the difference. Spelled so that a row of
    /// these becomes a row of SBB, which a difference of 128 bits does not.
    @inline(__always)
    func subtracting(_ other: UInt64, _ borrow: inout UInt64) -> UInt64 {
        let (first, isLess) = subtractingReportingOverflow(other)
        let (second, isLessNow) = first.subtractingReportingOverflow(borrow)
        // Not both: a difference that went below zero is at least 1.
        borrow = isLess != isLessNow ? 1 : 0
        return second
    }

    /// self + left·right + carry; the carry becomes the upper limb.
    @inline(__always)
    func adding(product left: UInt64, _ right: UInt64, _ carry: inout UInt64) -> UInt64 {
        let sum = UInt128(left) &* UInt128(right) &+ UInt128(self) &+ UInt128(carry)
        carry = UInt64(truncatingIfNeeded: sum &>> 64)
        return UInt64(truncatingIfNeeded: sum)
    }
}
