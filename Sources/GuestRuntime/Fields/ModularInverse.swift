/// Inverses modulo an odd prime, in time that depends on the number: no secrets pass through guests.
///
/// The binary algorithm in batches of 31 halvings that are decided by the highest and lowest bits alone
/// (T. Pornin, "Optimized Binary GCD for Modular Inversion", IACR ePrint 2020/972, algorithm 2), with the
/// halvings between two subtractions done at once.
struct ModularInverse<let count: Int, let width: Int> {
    private let prime: LimbInteger<width>

    private let modulus: Signed62<count>

    /// modulus^-1 modulo 2^62.
    private let modulusInverse: Int64

    /// Inverses modulo an odd prime of at most 62·count - 2 bits.
    @inline(__always)
    init(_ prime: LimbInteger<width>) {
        self.prime = prime
        modulus = Signed62(prime)
        // Newton's iteration doubles the right bits, of which an odd number squared gives three.
        var inverse = prime[0]
        for _ in 0..<5 { inverse = inverse &* (2 &- prime[0] &* inverse) }
        modulusInverse = Int64(truncatingIfNeeded: inverse) & Signed62<count>.mask
    }

    /// `scale` / `value`, or zero for zero. Both are below the prime.
    ///
    /// Kept: a·scale ≡ value·u and b·scale ≡ value·v, up to the same power of 2, and b is odd. Each pair
    /// of batches shortens a and b by 62 bits together, more or less; in the end a is zero and b is the
    /// greatest common divisor, which is 1.
    @inline(never)
    func divide(
        _ scale: LimbInteger<width>, by value: LimbInteger<width>
    ) -> LimbInteger<width> {
        if value.isZero { return value }
        var pair = InversePair(value, prime)
        var (u, v) = (Signed62<count>(scale), Signed62<count>())
        // The paper's bound is 2·bits - 1 halvings; the loop ends by itself long before.
        for _ in 0..<(4 * count + 4) {
            let first = pair.halve()
            update(&u, &v, first.followed(by: pair.halve()))
            if pair.isDone { break }
        }
        return reduced(v).natural()
    }

    /// Applies 62 halvings to the cofactors: the sums are made multiples of 2^62 by multiples of the
    /// modulus. Both stay above -2·modulus and below the modulus, as the sizes of a row's coefficients
    /// add up to 2^62 at most.
    @inline(__always)
    private func update(
        _ u: inout Signed62<count>, _ v: inout Signed62<count>, _ step: InverseStep
    ) {
        let (signU, signV) = (u[count - 1] &>> 63, v[count - 1] &>> 63)
        // A negative cofactor counts as itself plus the modulus.
        var timesU = (step.aa & signU) &+ (step.ab & signV)
        var timesV = (step.ba & signU) &+ (step.bb & signV)
        var sumU = Int128(u[0]) &* Int128(step.aa) &+ Int128(v[0]) &* Int128(step.ab)
        var sumV = Int128(u[0]) &* Int128(step.ba) &+ Int128(v[0]) &* Int128(step.bb)
        let mask = Signed62<count>.mask
        timesU &-= (modulusInverse &* Int64(truncatingIfNeeded: sumU) &+ timesU) & mask
        timesV &-= (modulusInverse &* Int64(truncatingIfNeeded: sumV) &+ timesV) & mask
        sumU = (sumU &+ Int128(modulus[0]) &* Int128(timesU)) &>> 62
        sumV = (sumV &+ Int128(modulus[0]) &* Int128(timesV)) &>> 62
        for index in 1..<count {
            let (oldU, oldV) = (Int128(u[index]), Int128(v[index]))
            let part = Int128(modulus[index])
            sumU = sumU &+ oldU &* Int128(step.aa) &+ oldV &* Int128(step.ab)
            sumV = sumV &+ oldU &* Int128(step.ba) &+ oldV &* Int128(step.bb)
            sumU = sumU &+ part &* Int128(timesU)
            sumV = sumV &+ part &* Int128(timesV)
            u[index - 1] = Int64(truncatingIfNeeded: sumU) & mask
            v[index - 1] = Int64(truncatingIfNeeded: sumV) & mask
            (sumU, sumV) = (sumU &>> 62, sumV &>> 62)
        }
        u[count - 1] = Int64(truncatingIfNeeded: sumU)
        v[count - 1] = Int64(truncatingIfNeeded: sumV)
    }

    /// A cofactor between -2·modulus and the modulus, brought to 0 to modulus - 1.
    private func reduced(_ value: Signed62<count>) -> Signed62<count> {
        var result = value
        if result.isNegative { result = result.adding(modulus, times: 1) }
        if result.isNegative { result = result.adding(modulus, times: 1) }
        let less = result.adding(modulus, times: -1)
        return less.isNegative ? result : less
    }
}
