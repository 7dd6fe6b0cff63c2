/// The operations of RV32M whose edge cases the host's own instructions do not share (The RISC-V
/// Instruction Set Manual, volume I, chapter "M": division never traps).
enum Arithmetic {
    /// The upper half of the signed product: each factor below zero is 2^32 less than its bits say.
    @inline(__always)
    static func mulh(_ left: UInt32, _ right: UInt32) -> UInt32 {
        mulhsu(left, right) &- signMask(right) & left
    }

    /// The upper half of the product of a signed and an unsigned number.
    @inline(__always)
    static func mulhsu(_ left: UInt32, _ right: UInt32) -> UInt32 {
        mulhu(left, right) &- signMask(left) & right
    }

    /// The upper half of the unsigned product.
    @inline(__always)
    static func mulhu(_ left: UInt32, _ right: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: (UInt64(left) &* UInt64(right)) >> 32)
    }

    /// The signed quotient: all ones for a zero divisor, the dividend when it overflows.
    @inline(__always)
    static func div(_ left: UInt32, _ right: UInt32) -> UInt32 {
        guard right != 0 else { return .max }
        // The one quotient that 32 bits do not hold is the dividend when it wraps.
        guard right != minusOne else { return 0 &- left }
        return UInt32(bitPattern: Int32(bitPattern: left) / Int32(bitPattern: right))
    }

    /// The unsigned quotient: all ones for a zero divisor.
    @inline(__always)
    static func divu(_ left: UInt32, _ right: UInt32) -> UInt32 {
        right == 0 ? .max : left / right
    }

    /// The signed remainder: the dividend for a zero divisor, zero when the quotient overflows.
    @inline(__always)
    static func rem(_ left: UInt32, _ right: UInt32) -> UInt32 {
        guard right != 0 else { return left }
        guard right != minusOne else { return 0 }
        return UInt32(bitPattern: Int32(bitPattern: left) % Int32(bitPattern: right))
    }

    /// The unsigned remainder: the dividend for a zero divisor.
    @inline(__always)
    static func remu(_ left: UInt32, _ right: UInt32) -> UInt32 {
        right == 0 ? left : left % right
    }

    /// 1 when `left` is less than `right` as signed numbers.
    @inline(__always)
    static func isLess(_ left: UInt32, _ right: UInt32) -> Bool {
        Int32(bitPattern: left) < Int32(bitPattern: right)
    }

    /// Shifts right by the low five bits of `count`, filling with the sign.
    @inline(__always)
    static func shiftRight(_ value: UInt32, _ count: UInt32) -> UInt32 {
        UInt32(bitPattern: Int32(bitPattern: value) &>> Int32(bitPattern: count))
    }

    private static let minusOne = UInt32.max

    /// All ones for a number below zero, otherwise zero.
    @inline(__always)
    private static func signMask(_ value: UInt32) -> UInt32 { shiftRight(value, 31) }
}
