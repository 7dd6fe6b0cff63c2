import CTandem

// Arithmetic modulo a number, by the machine's precompile (tandem_integers.h says which).
extension UInt256 {
    /// The same words as C has them.
    var asC: tandem_u256 { unsafeBitCast(limbs, to: tandem_u256.self) }

    init(_ value: tandem_u256) {
        self.init(limbs: unsafeBitCast(value, to: InlineArray<8, UInt32>.self))
    }

    /// The sum modulo `modulus`, of numbers below it.
    public func adding(_ other: UInt256, modulo modulus: UInt256) -> UInt256 {
        combined(with: other, modulus, tandem_u256_addmod)
    }

    /// The difference modulo `modulus`, of numbers below it.
    public func subtracting(_ other: UInt256, modulo modulus: UInt256) -> UInt256 {
        combined(with: other, modulus, tandem_u256_submod)
    }

    /// The product modulo `modulus`, of any numbers. A modulus of 0 stands for 2^256.
    public func multiplied(by other: UInt256, modulo modulus: UInt256) -> UInt256 {
        combined(with: other, modulus, tandem_u256_mulmod)
    }

    /// The power modulo `modulus`, of any numbers. A modulus of 0 stands for 2^256.
    public func power(_ exponent: UInt256, modulo modulus: UInt256) -> UInt256 {
        combined(with: exponent, modulus, tandem_u256_powmod)
    }

    /// The inverse modulo a prime; nil for a multiple of it.
    public func inverse(modulo prime: UInt256) -> UInt256? {
        var (value, modulus, result) = (asC, prime.asC, tandem_u256())
        return tandem_u256_invmod(&result, &value, &modulus) ? UInt256(result) : nil
    }

    /// One of the two square roots modulo an odd prime; nil when there is none. `nonresidue` is any
    /// number below the prime that has no root.
    public func squareRoot(modulo prime: UInt256, nonresidue: UInt256) -> UInt256? {
        var (value, modulus, other, result) = (asC, prime.asC, nonresidue.asC, tandem_u256())
        let exists = tandem_u256_sqrtmod(&result, &value, &modulus, &other)
        return exists ? UInt256(result) : nil
    }

    private typealias Operation = (
        UnsafeMutablePointer<tandem_u256>?, UnsafePointer<tandem_u256>?,
        UnsafePointer<tandem_u256>?, UnsafePointer<tandem_u256>?
    ) -> Void

    private func combined(
        with other: UInt256, _ modulus: UInt256, _ operation: Operation
    ) -> UInt256 {
        var (left, right, divisor, result) = (asC, other.asC, modulus.asC, tandem_u256())
        operation(&result, &left, &right, &divisor)
        return UInt256(result)
    }
}
