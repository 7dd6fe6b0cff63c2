internal import COpenSSL

/// Keys from passwords.
package enum KeyDerivation {
    /// scrypt (RFC 7914): `n` is the cost, a power of two, `r` the block size, `p` the number of lanes.
    ///
    /// Takes time in proportion to n · r · p and 128 · n · r bytes of memory; both are limited.
    package static func scrypt(
        password: [UInt8], salt: [UInt8], n: UInt64, r: UInt64, p: UInt64, byteCount: Int
    ) throws(CryptoError) -> SecretBytes {
        try check(password: password, salt: salt, byteCount: byteCount)
        try checkScrypt(n: n, r: r, p: p)
        var key = [UInt8](repeating: 0, count: byteCount)
        let isDerived = unsafe withCharacters(password) { password, count in
            // Every pointer is valid for the count that goes with it. The library counts some
            // kilobytes on top of 128 · n · r against its limit, hence the factor two.
            unsafe EVP_PBE_scrypt(
                password, count, salt, salt.count, n, r, p,
                2 * EthCryptoLimits.scryptMemoryByteCountMax, &key, byteCount) == 1
        }
        return try secret(&key, isDerived: isDerived, function: "scrypt")
    }

    /// PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2).
    package static func pbkdf2(
        password: [UInt8], salt: [UInt8], iterations: UInt64, byteCount: Int
    ) throws(CryptoError) -> SecretBytes {
        try check(password: password, salt: salt, byteCount: byteCount)
        guard (1...EthCryptoLimits.pbkdf2IterationsMax).contains(iterations) else {
            throw .parameterOutOfRange(
                parameter: "iterations", rule: "1 to \(EthCryptoLimits.pbkdf2IterationsMax)")
        }
        var key = [UInt8](repeating: 0, count: byteCount)
        let isDerived = unsafe withCharacters(password) { password, count in
            // Every pointer is valid for the count that goes with it; all counts were checked to
            // be far below 2^31.
            unsafe PKCS5_PBKDF2_HMAC(
                password, Int32(count), salt, Int32(salt.count), Int32(iterations), EVP_sha256(),
                Int32(byteCount), &key) == 1
        }
        return try secret(&key, isDerived: isDerived, function: "PBKDF2")
    }

    private static func check(
        password: [UInt8], salt: [UInt8], byteCount: Int
    ) throws(CryptoError) {
        let max = EthCryptoLimits.keyDerivationByteCountMax
        let counts = [
            ("password", password.count, 0), ("salt", salt.count, 0), ("key", byteCount, 1),
        ]
        for (name, count, least) in counts where !(least...max).contains(count) {
            throw .parameterOutOfRange(parameter: name, rule: "\(least) to \(max) bytes")
        }
    }

    private static func checkScrypt(n: UInt64, r: UInt64, p: UInt64) throws(CryptoError) {
        guard n >= 2, n.nonzeroBitCount == 1 else {
            throw .parameterOutOfRange(parameter: "n", rule: "a power of two, at least 2")
        }
        let memoryMax = EthCryptoLimits.scryptMemoryByteCountMax
        let (blocks, overflow) = n.multipliedReportingOverflow(by: r)
        guard r >= 1, !overflow, blocks <= memoryMax / 128 else {
            throw .parameterOutOfRange(
                parameter: "r", rule: "at least 1, and 128 · n · r at most \(memoryMax)")
        }
        // RFC 7914 section 2: n is below 2^(128 r / 8). Only r = 1 can break it within the limit.
        guard r > 1 || n < 1 << 16 else {
            throw .parameterOutOfRange(parameter: "n", rule: "below 2^16 when r is 1")
        }
        guard (1...EthCryptoLimits.scryptParallelismMax).contains(p) else {
            throw .parameterOutOfRange(
                parameter: "p", rule: "1 to \(EthCryptoLimits.scryptParallelismMax)")
        }
    }

    /// Calls `body` with the password as C characters, valid for the call only.
    @unsafe
    private static func withCharacters(
        _ password: [UInt8], _ body: (UnsafePointer<CChar>?, Int) -> Bool
    ) -> Bool {
        unsafe password.withUnsafeBytes { buffer in
            unsafe body(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
    }

    /// Moves a derived key to memory of its own and clears it here.
    private static func secret(
        _ key: inout [UInt8], isDerived: Bool, function: String
    ) throws(CryptoError) -> SecretBytes {
        guard isDerived else { throw .libraryFailure(function: function) }
        let secret = SecretBytes(copying: key.span)
        SecretBytes.clear(&key)
        return secret
    }
}
