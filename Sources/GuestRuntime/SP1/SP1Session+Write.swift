import RISCV

extension SP1Session {
    /// WRITE: a0 = descriptor, a1 = address, a2 = length.
    mutating func write() throws(GuestStop) {
        let descriptor = core.register(.a0)
        let (address, length) = (core.register(.a1), core.register(.a2))
        try core.check(address, byteCount: UInt64(length))
        switch dialect.target(of: descriptor) {
        case .standardOutput: try print(address, length, descriptor)
        case .publicValues: try core.commit(address, byteCount: length)
        case .hintLast: hints.append(try hint(address, length))
        case .hintNext: hints.prepend(try hint(address, length))
        case .ignored: break
        case .hook(let hook): try callHook(hook, address, length)
        case .refused:
            throw .invalid("WRITE to file descriptor \(descriptor), which SP1 v4 and later refuse")
        }
    }

    private mutating func print(
        _ address: UInt32, _ length: UInt32, _ descriptor: UInt32
    ) throws(GuestStop) {
        try core.countUncharged(UInt64(length))
        guard try core.isText(address, byteCount: length) else {
            throw .invalid("WRITE to file descriptor \(descriptor) of bytes that are not UTF-8")
        }
        try core.print(address, byteCount: length)
    }

    private func hint(_ address: UInt32, _ length: UInt32) throws(GuestStop) -> [UInt8] {
        guard hints.hasRoom(for: Int(length)) else { throw Self.hintsAreFull }
        return try core.read(address, byteCount: UInt64(length))
    }

    /// The failure when input buffers hold too much.
    static var hintsAreFull: GuestStop {
        .failed(
            .hostWorkLimitExceeded,
            detail: "input buffers may hold \(GuestRuntimeLimits.hintByteCountMax) bytes "
                + "in \(GuestRuntimeLimits.hintCountMax) pieces")
    }
}
