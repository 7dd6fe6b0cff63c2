internal import Glibc

/// Messages to the person, apart from the answer on standard output.
enum StandardError {
    static func print(_ message: String) {
        let line = Array((message + "\n").utf8)
        unsafe line.withUnsafeBytes { bytes in
            // The buffer outlives the call, which reads `count` bytes of it. There is nobody to tell when
            // standard error is closed.
            _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
