import RISCV

extension RISCZeroSession {
    /// BIGINT: a0 = result, a1 = operation 0, a2 and a3 = factors, a4 = modulus, each of 256 bits. Without
    /// a modulus the product has to fit in them (reference/zkvm.md 1.4).
    mutating func bigInteger() throws(GuestStop) {
        let operation = core.register(.a1)
        guard operation == 0 else {
            throw .invalid("BIGINT operation \(operation): 0 (multiply) is the only one")
        }
        let target = try core.wordAddress(.a0, "BIGINT")
        let left: InlineArray<4, UInt64> = try core.limbs(at: core.wordAddress(.a2, "BIGINT"))
        let right: InlineArray<4, UInt64> = try core.limbs(at: core.wordAddress(.a3, "BIGINT"))
        let modulus: InlineArray<4, UInt64> = try core.limbs(at: core.wordAddress(.a4, "BIGINT"))
        let product = Product256.full(left, right)
        if let remainder = divisors.remainder(of: product, by: modulus) {
            try core.store(remainder, at: target)
        } else {
            guard product[4] | product[5] | product[6] | product[7] == 0 else {
                throw .invalid("BIGINT without a modulus: the product has more than 256 bits")
            }
            try core.store([product[0], product[1], product[2], product[3]], at: target)
        }
        core.charge(9)
        core.finishCall()
    }
}
