internal import COpenSSL

/// Comparisons whose duration says nothing about the bytes.
package enum ConstantTime {
    /// Whether both have the same bytes. The time depends on the counts only.
    package static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                // Both are valid for the same count. Empty spans may have no address to compare.
                unsafe left.isEmpty
                    || CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
            }
        }
    }

    /// Whether both have the same bytes. The time depends on the counts only.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        areEqual(left.span, right.span)
    }
}
