internal import COpenSSL

/// AES with a key of 128 bits in counter mode (NIST SP 800-38A section 6.5). Encrypting and
/// decrypting are the same.
package enum AES128CTR {
    /// The bytes of a key and of an initial counter block.
    package static let blockByteCount = 16

    /// `input` combined with the key stream. Throws when key or initial value do not have 16 bytes.
    package static func apply(
        key: Span<UInt8>, initialValue: [UInt8], to input: Span<UInt8>
    ) throws(CryptoError) -> [UInt8] {
        try check(key.count, "AES key")
        try check(initialValue.count, "AES initial value")
        guard let inputCount = Int32(exactly: input.count) else {
            throw .parameterOutOfRange(parameter: "AES input", rule: "below 2^31 bytes")
        }
        guard let context = unsafe EVP_CIPHER_CTX_new() else {
            throw .libraryFailure(function: "AES-128-CTR")
        }
        // Frees what new allocated, and clears the key schedule.
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: input.count)
        var outputCount: Int32 = 0
        let isDone = unsafe key.withUnsafeBufferPointer { key in
            unsafe input.withUnsafeBufferPointer { input in
                // Key and initial value have the 16 bytes that the cipher reads. A counter mode
                // writes as many bytes as it reads, which is the size of output.
                unsafe EVP_EncryptInit_ex(
                    context, EVP_aes_128_ctr(), nil, key.baseAddress, initialValue) == 1
                    && EVP_EncryptUpdate(
                        context, &output, &outputCount, input.baseAddress, inputCount) == 1
            }
        }
        guard isDone, outputCount == inputCount else {
            throw .libraryFailure(function: "AES-128-CTR")
        }
        return output
    }

    private static func check(_ count: Int, _ parameter: String) throws(CryptoError) {
        guard count == blockByteCount else {
            throw .wrongByteCount(parameter: parameter, expected: blockByteCount, actual: count)
        }
    }
}
