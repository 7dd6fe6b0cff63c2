internal import Glibc

/// The node's end of an executor's socket, for as long as anybody may write to it: closed when the last
/// user lets go, so that its number means no other descriptor before that.
final class ExecutorLine: Sendable {
    /// The descriptor.
    let fileDescriptor: Int32

    /// Owns the descriptor.
    init(fileDescriptor: Int32) {
        self.fileDescriptor = fileDescriptor
    }

    deinit {
        _ = close(fileDescriptor)
    }

    /// Sends all of a message to an executor that has nothing to do, so that the socket takes it at once. A
    /// failure is seen by whoever reads from the line, as the executor is gone.
    func send(_ message: [UInt8]) {
        var sentByteCount = 0
        while sentByteCount < message.count {
            let count = try? MessageSocket.send(
                message, from: sentByteCount, to: fileDescriptor, .waiting)
            guard let count else { return }
            sentByteCount += count
        }
    }
}
