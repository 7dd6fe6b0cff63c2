package import Bytes
internal import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The digest of `bytes`, by the library, which uses the processor's SHA instructions.
    package static func hash(_ bytes: Span<UInt8>) -> Hash32 {
        var digest = InlineArray<32, UInt8>(repeating: 0)
        let isHashed = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe withUnsafeMutableCBytes(&digest) { output in
                // The output has the 32 bytes of a SHA-256 digest; the input is valid for its count.
                unsafe EVP_Digest(
                    input.baseAddress, input.count, output, nil, algorithm, nil) == 1
            }
        }
        precondition(isHashed, "SHA-256 fails only without memory")
        return Hash32(unchecked: digest.span)
    }

    /// The digest of `bytes`.
    package static func hash(_ bytes: [UInt8]) -> Hash32 {
        hash(bytes.span)
    }

    /// The library's SHA-256, looked up once: the look-up costs more than hashing a short string.
    // Immutable after EVP_MD_fetch and never freed, so every thread may use it.
    nonisolated(unsafe) private static let algorithm: OpaquePointer = unsafe fetchAlgorithm()

    private static func fetchAlgorithm() -> OpaquePointer {
        guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA2-256", nil) else {
            preconditionFailure("libcrypto has no SHA-256")
        }
        return unsafe algorithm
    }
}
