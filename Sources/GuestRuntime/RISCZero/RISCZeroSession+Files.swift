import Bytes

// Descriptors: 0 standard input, 1 output, 2 error, 3 the journal, 4 on pipes.
extension RISCZeroSession {
    /// SYS_READ: a3 = descriptor, a4 = how many bytes are wanted. The buffer takes whole words; up to
    /// four bytes more come back in a1 (reference/zkvm.md 1.5).
    mutating func read(_ bufferByteCount: Int) throws(GuestStop) -> Reply {
        let descriptor = core.register(.a3)
        let wanted = Int(core.register(.a4))
        guard wanted >= bufferByteCount else {
            throw .invalid("SYS_READ of \(wanted) bytes into a buffer of \(bufferByteCount)")
        }
        let bytes = try take(descriptor, bufferByteCount)
        let rest = wanted - bytes.count
        guard rest <= 4 else { return Reply(a0: UInt32(bytes.count), bytes: bytes) }
        let tail = try take(descriptor, rest)
        var word: UInt32 = 0
        for (index, byte) in tail.enumerated() { word |= UInt32(byte) << (UInt32(index) * 8) }
        return Reply(a0: UInt32(bytes.count + tail.count), a1: word, bytes: bytes)
    }

    /// SYS_WRITE: a3 = descriptor, a4 = address, a5 = length.
    mutating func write() throws(GuestStop) -> Reply {
        let descriptor = core.register(.a3)
        let (address, length) = (core.register(.a4), core.register(.a5))
        try core.check(address, byteCount: UInt64(length))
        switch descriptor {
        case 1, 2:
            try core.countUncharged(UInt64(length))
            try core.print(address, byteCount: length)
        case 3: try core.commit(address, byteCount: length)
        default: try writePipe(descriptor, address, length)
        }
        return Reply()
    }

    /// SYS_PIPE: the reading and the writing descriptor.
    mutating func openPipe(_ bufferByteCount: Int) throws(GuestStop) -> Reply {
        guard bufferByteCount == 8 else {
            throw .invalid("SYS_PIPE with a buffer of \(bufferByteCount / 4) words: 2 are needed")
        }
        guard let pipe = pipes.open() else {
            throw .invalid("SYS_PIPE: at most \(GuestRuntimeLimits.pipeCountMax) pipes")
        }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: pipe.read)
        bytes.append(littleEndian: pipe.write)
        return Reply(bytes: bytes)
    }

    private mutating func take(_ descriptor: UInt32, _ count: Int) throws(GuestStop) -> [UInt8] {
        if descriptor == 0 {
            let end = stdinPosition + min(count, stdin.count - stdinPosition)
            defer { stdinPosition = end }
            return [UInt8](stdin[stdinPosition..<end])
        }
        guard let bytes = pipes.read(descriptor, count) else {
            throw .invalid("SYS_READ from file descriptor \(descriptor): 0 is standard input")
        }
        return bytes
    }

    private mutating func writePipe(
        _ descriptor: UInt32, _ address: UInt32, _ length: UInt32
    ) throws(GuestStop) {
        guard pipes.isWritable(descriptor) else {
            throw .invalid(
                "SYS_WRITE to file descriptor \(descriptor): 1, 2 and 3 (the journal) are there")
        }
        guard pipes.hasRoom(for: Int(length)) else {
            throw .failed(
                .hostWorkLimitExceeded,
                detail: "pipes may hold \(GuestRuntimeLimits.hintByteCountMax) bytes")
        }
        pipes.write(descriptor, try core.read(address, byteCount: UInt64(length)))
    }
}
