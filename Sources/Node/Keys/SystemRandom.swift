internal import Glibc

/// Random bytes of the kernel, fit for keys.
package enum SystemRandom {
    /// `count` random bytes, at most 256.
    package static func bytes(_ count: Int) -> [UInt8] {
        precondition((0...256).contains(count), "getentropy gives at most 256 bytes at once")
        var bytes = [UInt8](repeating: 0, count: count)
        let status = unsafe bytes.withUnsafeMutableBytes { buffer in
            // The call fills `buffer.count` bytes of the buffer.
            unsafe getentropy(buffer.baseAddress, buffer.count)
        }
        // Fails for over 256 bytes and on kernels without the call only; a weak key is worse than none.
        precondition(status == 0, "the system gives no random bytes")
        return bytes
    }
}
