extension SP1Session {
    /// UINT256_MUL: the factor at a0 becomes its product with the factor at a1, modulo the number behind
    /// that; modulo 2^256 when it is zero (reference/zkvm.md 2.3).
    mutating func multiplyUInt256() throws(GuestStop) {
        let target = try core.wordAddress(.a0, "UINT256_MUL")
        let source = try core.wordAddress(.a1, "UINT256_MUL")
        let left: InlineArray<4, UInt64> = try core.limbs(at: target)
        let pair: InlineArray<8, UInt64> = try core.limbs(at: source)
        let product = Product256.full(left, [pair[0], pair[1], pair[2], pair[3]])
        let modulus: InlineArray<4, UInt64> = [pair[4], pair[5], pair[6], pair[7]]
        if let remainder = divisors.remainder(of: product, by: modulus) {
            try core.store(remainder, at: target)
        } else {
            try core.store([product[0], product[1], product[2], product[3]], at: target)
        }
    }

    /// U256XU2048_MUL: the 256 bits at a0 times the 2048 bits at a1; the lower 2048 bits of the product go
    /// to a2, the upper 256 to a3.
    mutating func multiplyUInt256ByUInt2048() throws(GuestStop) {
        let shortAddress = try core.wordAddress(.a0, "U256XU2048_MUL")
        let longAddress = try core.wordAddress(.a1, "U256XU2048_MUL")
        let lowTarget = try core.wordAddress(.a2, "U256XU2048_MUL")
        let highTarget = try core.wordAddress(.a3, "U256XU2048_MUL")
        let short: InlineArray<4, UInt64> = try core.limbs(at: shortAddress)
        let long: InlineArray<32, UInt64> = try core.limbs(at: longAddress)
        var product = InlineArray<36, UInt64>(repeating: 0)
        var span = product.mutableSpan
        Limbs.multiply(long.span, short.span, into: &span)
        try core.store(InlineArray<32, UInt64> { product[$0] }, at: lowTarget)
        try core.store(InlineArray<4, UInt64> { product[32 + $0] }, at: highTarget)
    }
}
