internal import Bytes
internal import Glibc

/// One end of a stream socket that carries messages; both node and executor hold one. The
/// descriptor belongs to whoever made this value.
struct MessageSocket {
    /// Whether calls wait for the other end.
    enum Mode {
        case waiting
        case neverWaiting

        fileprivate var flags: Int32 {
            switch self {
            case .waiting: Int32(MSG_NOSIGNAL)
            case .neverWaiting: Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            }
        }
    }

    /// Why nothing more can be had from the other end.
    enum Failure: Error {
        /// It closed the socket, or is gone.
        case closed
        /// It sent what is no message.
        case garbage
    }

    /// The descriptor.
    let fileDescriptor: Int32

    private let mode: Mode
    private var assembler: MessageAssembler
    private var scratch = [UInt8](repeating: 0, count: ExecutionPoolLimits.receiveByteCountMax)

    /// A socket that refuses messages above a size.
    init(fileDescriptor: Int32, mode: Mode, receivedByteCountMax: Int) {
        self.fileDescriptor = fileDescriptor
        self.mode = mode
        assembler = MessageAssembler(byteCountMax: receivedByteCountMax)
    }

    /// Sends the bytes from an offset on, as many as one call takes; their number, which is 0 when
    /// it would have to wait.
    func send(_ bytes: [UInt8], from offset: Int) throws(Failure) -> Int {
        try Self.send(bytes, from: offset, to: fileDescriptor, mode)
    }

    /// Sends as `send` does, to any socket.
    static func send(
        _ bytes: [UInt8], from offset: Int, to fileDescriptor: Int32, _ mode: Mode
    ) throws(Failure) -> Int {
        precondition(offset < bytes.count, "there is something to send")
        while true {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                // The offset was checked above.
                unsafe Glibc.send(
                    fileDescriptor, buffer.baseAddress?.advanced(by: offset),
                    buffer.count - offset, mode.flags)
            }
            if count > 0 { return count }
            if errno == EAGAIN { return 0 }
            guard errno == EINTR else { throw .closed }
        }
    }

    /// Takes bytes that came, as many as one call gives; false when it would have to wait.
    mutating func receive() throws(Failure) -> Bool {
        try receive(mode)
    }

    /// Takes bytes that came as `receive` does, in a mode of its own.
    mutating func receive(_ mode: Mode) throws(Failure) -> Bool {
        while true {
            let count = unsafe scratch.withUnsafeMutableBytes { buffer in
                // The kernel writes at most as many bytes as there is room for.
                unsafe recv(fileDescriptor, buffer.baseAddress, buffer.count, mode.flags)
            }
            if count > 0 {
                assembler.append(scratch[..<count])
                return true
            }
            guard count < 0 else { throw .closed }
            if errno == EAGAIN { return false }
            guard errno == EINTR else { throw .closed }
        }
    }

    /// The next whole message among the bytes that came; nil when there is none.
    mutating func nextMessage() throws(Failure) -> [UInt8]? {
        do {
            return try assembler.next()
        } catch {
            throw .garbage
        }
    }
}
