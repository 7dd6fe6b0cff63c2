internal import COpenSSL

/// Secret bytes in memory of their own, overwritten when the last reference goes away.
///
/// The bytes never change after `init`, so any thread may read them.
@safe
package final class SecretBytes: @unchecked Sendable {
    // Proof of Sendable: the pointer and what it points to are written in init and deinit only.
    private let storage: UnsafeMutablePointer<UInt8>

    /// How many bytes there are.
    package let count: Int

    /// A copy of `bytes`. The caller's own copy stays as it is; see `clear(_:)`.
    package init(copying bytes: Span<UInt8>) {
        count = bytes.count
        unsafe storage = .allocate(capacity: bytes.count)
        for index in bytes.indices {
            // storage has room for the count of bytes.
            unsafe (storage + index).initialize(to: bytes[index])
        }
    }

    deinit {
        // The pair of the allocation above, with all bytes initialised.
        unsafe OPENSSL_cleanse(storage, count)
        unsafe storage.deallocate()
    }

    /// Calls `body` with the bytes, which must not leave it.
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The storage lives as long as self, and self as long as this call.
        unsafe try body(UnsafeBufferPointer(start: storage, count: count).span)
    }

    /// Calls `body` with a pointer to the `count` bytes, valid for the call only.
    @unsafe
    func withUnsafeBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe body(storage)
    }

    /// Overwrites bytes that held a secret. The compiler may not leave this out.
    ///
    /// Only the array that is passed is overwritten: had it been copied, the copies stay.
    package static func clear(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            // The buffer is valid for its count during the call.
            unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        }
        bytes.removeAll(keepingCapacity: false)
    }
}
