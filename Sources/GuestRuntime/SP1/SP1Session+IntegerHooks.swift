import Bytes

// Hooks on integers whose modulus the guest names (reference/zkvm.md 2.4). Nothing says that it is a prime,
// or odd, or above zero.
extension SP1Session {
    /// A product of 512 bytes and a modulus of 256, the least significant byte first: the remainder and the
    /// quotient, 256 bytes each.
    mutating func rsaMultiply(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        guard input.count == 768 else {
            throw .invalid("rsa_mul_mod with \(input.count) bytes: 768 are needed")
        }
        let product = HookInteger(littleEndian: input[..<512])
        let modulus = HookInteger(littleEndian: input[512...])
        guard !modulus.isZero else { throw .invalid("rsa_mul_mod with a modulus of zero") }
        try core.countHostWork(64 * 32)
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: modulus)
        // A quotient of more bytes loses the upper ones.
        return [remainder.littleEndian(256), quotient.littleEndian(256)]
    }

    /// A length of four bytes, then the number, the modulus and a non-residue of that length, the most
    /// significant byte first. One and a root of the number; or zero and a root of its product with the
    /// non-residue.
    mutating func fieldSquareRoot(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        let numbers = try hookIntegers(input, count: 3, "a field's square root")
        let (number, modulus, nonResidue) = (numbers[0], numbers[1], numbers[2])
        let length = (input.count - 4) / 3
        guard number.isLess(than: modulus), nonResidue.isLess(than: modulus) else {
            throw .invalid("a field's square root of a number that is not below the modulus")
        }
        guard !number.isZero else { return [[1], HookInteger.zero.bigEndian(length)] }
        var roots = ModularSquareRoot(modulo: modulus.limbs)
        try core.countHostWork(roots.work)
        if let root = try roots.root(of: number.limbs, nonResidue: nonResidue.limbs) {
            return [[1], HookInteger(root).bigEndian(length)]
        }
        try core.countHostWork(roots.work)
        let product = roots.product(number.limbs, nonResidue.limbs)
        guard let root = try roots.root(of: product, nonResidue: nonResidue.limbs) else {
            throw .invalid("a field's square root: neither the number nor its product has one")
        }
        return [[0], HookInteger(root).bigEndian(length)]
    }

    /// A length of four bytes, then a number and a modulus of that length, the most significant byte first:
    /// the number to the power of the modulus less two, which is its inverse when that is a prime.
    mutating func fieldInverse(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        let numbers = try hookIntegers(input, count: 2, "a field's inverse")
        let (number, modulus) = (numbers[0], numbers[1])
        guard !number.isZero, modulus.limbs.count > 1 || modulus.limbs.first ?? 0 > 1 else {
            throw .invalid("a field's inverse of zero, or modulo zero or one")
        }
        let inverse = try inverse(of: number, modulo: modulus.limbs)
        return [HookInteger(inverse).bigEndian((input.count - 4) / 2)]
    }

    private mutating func inverse(
        of number: HookInteger, modulo modulus: [UInt64]
    ) throws(GuestStop) -> [UInt64] {
        let count = UInt64(modulus.count)
        if KnownPrimes.contains(modulus) {
            try core.countHostWork(count * (600 + 16 * count))
            let reduced = ModularRing.remainder(number.limbs, modulus)
            var inverter = ModularInverter()
            // Zero has no inverse, and its power is zero.
            return inverter.inverse(of: reduced.span, modulo: modulus.span) ?? [0]
        }
        var ring = ModularRing(modulus)
        try core.countHostWork(ring.work(multiplications: ring.multiplicationsOfPower))
        var exponent = HookInteger.difference(modulus, 2)
        exponent.removeLast(exponent.count - Limbs.significantCount(exponent.span))
        let power = ring.power(ring.element(number.limbs), exponent)
        return ring.number(power)
    }

    /// Numbers of a length that four bytes say.
    private func hookIntegers(
        _ input: [UInt8], count: Int, _ name: String
    ) throws(GuestStop) -> [HookInteger] {
        guard input.count >= 4 else { throw .invalid("\(name) with \(input.count) bytes") }
        let length = input.span.bigEndianUInt32(at: 0)
        guard length <= GuestRuntimeLimits.hookIntegerByteCountMax else {
            throw .invalid("\(name) with numbers of \(length) bytes")
        }
        guard input.count == 4 + count * Int(length) else {
            throw .invalid("\(name) with \(input.count) bytes for \(count) numbers of \(length)")
        }
        return (0..<count).map { index in
            let start = 4 + index * Int(length)
            return HookInteger(bigEndian: input[start..<start + Int(length)])
        }
    }
}
