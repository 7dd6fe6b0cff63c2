/// The bounds of the functions whose cost a parameter decides.
package enum EthCryptoLimits {
    /// Bytes that one scrypt may use (128 · n · r). The common n = 2^18, r = 8 takes 256 MiB, the
    /// strongest setting in use, n = 2^20, four times that.
    package static let scryptMemoryByteCountMax: UInt64 = 1 << 30

    /// Lanes that one scrypt may compute one after the other; time grows with them, memory does not.
    package static let scryptParallelismMax: UInt64 = 64

    /// Iterations of one PBKDF2: some ten seconds. Wallets use 262,144 to 1,000,000.
    package static let pbkdf2IterationsMax: UInt64 = 10_000_000

    /// Bytes of a password, a salt and a derived key.
    package static let keyDerivationByteCountMax = 4096
}
