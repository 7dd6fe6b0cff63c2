extension ModularRing {
    /// `base` to the power of a natural number.
    mutating func power(_ base: Element, _ exponent: [UInt64]) -> Element {
        var powers = [one, base]
        for index in 2..<16 {
            var next = powers[index - 1]
            multiply(&next, by: base)
            powers.append(next)
        }
        var result = one
        var place = (Limbs.bitCount(exponent.span) + 3) / 4
        while place > 0 {
            place -= 1
            for _ in 0..<4 { square(&result) }
            let digit = Int(exponent[place / 16] >> UInt64(place % 16 * 4) & 15)
            if digit != 0 { multiply(&result, by: powers[digit]) }
        }
        return result
    }

    /// How many multiplications `power` takes at most for an exponent of as many bits as the modulus has.
    var multiplicationsOfPower: Int { 64 * modulus.count * 5 / 4 + 16 }
}
