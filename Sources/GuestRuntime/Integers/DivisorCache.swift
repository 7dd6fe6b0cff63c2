/// The moduli that a guest used last, ready to divide by. A guest multiplies thousands of times modulo the
/// same one or two numbers, and preparing one takes longer than using it.
struct DivisorCache {
    private var latest: Divisor256?
    private var other: Divisor256?

    /// The product of two numbers, modulo a third; nil when that is zero.
    @inline(__always)
    mutating func remainder(
        of product: InlineArray<8, UInt64>, by modulus: InlineArray<4, UInt64>
    ) -> InlineArray<4, UInt64>? {
        if let latest, latest.hasValue(modulus) { return latest.remainder(of: product) }
        guard exchange(modulus), let latest else { return nil }
        return latest.remainder(of: product)
    }

    /// Makes `latest` a modulus that it is not now; false when that is zero.
    @inline(never)
    private mutating func exchange(_ modulus: InlineArray<4, UInt64>) -> Bool {
        if let other, other.hasValue(modulus) {
            (latest, self.other) = (other, latest)
            return true
        }
        guard let divisor = Divisor256(nonZero: modulus) else { return false }
        (latest, other) = (divisor, latest)
        return true
    }
}

extension Divisor256 {
    /// Whether it is this number.
    @inline(__always)
    func hasValue(_ number: InlineArray<4, UInt64>) -> Bool {
        (value[0] ^ number[0]) | (value[1] ^ number[1]) | (value[2] ^ number[2])
            | (value[3] ^ number[3]) == 0
    }
}
