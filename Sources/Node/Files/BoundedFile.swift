internal import Glibc

/// Reads files whose size is not trusted.
package enum BoundedFile {
    /// Why a file could not be read.
    package enum Failure: Error, CustomStringConvertible {
        case cannotOpen(path: String, message: String)
        case cannotRead(path: String, message: String)
        case tooLarge(path: String, byteCountMax: Int)

        package var description: String {
            switch self {
            case .cannotOpen(let path, let message): "cannot open \(path): \(message)"
            case .cannotRead(let path, let message): "cannot read \(path): \(message)"
            case .tooLarge(let path, let byteCountMax):
                "\(path) has more than \(byteCountMax) bytes"
            }
        }
    }

    /// All bytes of a file, `-` for standard input.
    package static func read(_ path: String, byteCountMax: Int) throws(Failure) -> [UInt8] {
        if path == "-" { return try read(descriptor: STDIN_FILENO, path, byteCountMax) }
        // The path is copied as a C string for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, message: lastError) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, path, byteCountMax)
    }

    /// All bytes of an open descriptor, up to its end; `name` is for errors.
    package static func read(
        descriptor: Int32, _ name: String, _ byteCountMax: Int
    ) throws(Failure) -> [UInt8] {
        let bytes = try prefix(of: descriptor, name, byteCount: byteCountMax + 1)
        guard bytes.count <= byteCountMax else {
            throw .tooLarge(path: name, byteCountMax: byteCountMax)
        }
        return bytes
    }

    /// The first bytes of a file, at most `byteCount`.
    package static func prefix(of path: String, byteCount: Int) throws(Failure) -> [UInt8] {
        // As above.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, message: lastError) }
        defer { close(descriptor) }
        return try prefix(of: descriptor, path, byteCount: byteCount)
    }

    private static func prefix(
        of descriptor: Int32, _ name: String, byteCount: Int
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(expectedByteCount(descriptor), byteCount))
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < byteCount {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                // The call writes at most `buffer.count` bytes to the buffer.
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .cannotRead(path: name, message: lastError)
            }
            bytes.append(contentsOf: chunk.prefix(min(count, byteCount - bytes.count)))
        }
        return bytes
    }

    /// How many bytes an open descriptor says that it has; 0 when it is no file. It may have fewer or more by
    /// the time they are read, but an array that has room for them is not copied each time that it doubles.
    private static func expectedByteCount(_ descriptor: Int32) -> Int {
        var status = stat()
        // The call writes to the structure, which lives as long.
        return unsafe fstat(descriptor, &status) == 0 ? max(0, status.st_size) : 0
    }

    /// Writes a new file that only its owner may read; an existing one is never overwritten.
    package static func createPrivate(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        // As above.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, message: lastError) }
        defer { close(descriptor) }
        guard writeAll(bytes, to: descriptor) else {
            throw .cannotRead(path: path, message: lastError)
        }
        guard fsync(descriptor) == 0 else { throw .cannotRead(path: path, message: lastError) }
    }

    /// Writes bytes to an open descriptor; false, with the system's error number, when it takes them no
    /// longer.
    package static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                // `written` is below the buffer's count.
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// What the last failed system call of this thread said.
    package static var lastError: String { message(of: errno) }

    /// The system's words for an error number.
    package static func message(of number: Int32) -> String {
        // strerror returns a string that lives at least until the next call on this thread.
        unsafe String(cString: strerror(number))
    }
}
