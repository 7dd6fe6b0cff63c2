internal import Bytes
internal import GuestRuntime

extension GuestInput {
    /// How many bytes `append(to:)` writes.
    var encodedByteCount: Int {
        buffers.reduce(4 + 4 + stdin.count + Hash32.byteCount) { $0 + 4 + $1.count }
    }

    /// Writes the number of buffers, each buffer, the byte stream and the seed.
    func append(to output: inout [UInt8]) {
        output.append(bigEndian: UInt32(buffers.count))
        for buffer in buffers { output.append(lengthPrefixed: buffer) }
        output.append(lengthPrefixed: stdin)
        randomSeed.append(to: &output)
    }

    /// Reads what `append(to:)` wrote; nil when it is something else.
    init?(reading reader: inout ByteReader) {
        // Each buffer takes at least its length of four bytes, which bounds their number.
        guard let count = reader.readUInt32(), count <= reader.remainingCount / 4 else {
            return nil
        }
        var buffers: [[UInt8]] = []
        for _ in 0..<count {
            guard let buffer = reader.readLengthPrefixed() else { return nil }
            buffers.append(buffer)
        }
        guard let stdin = reader.readLengthPrefixed(), let seed = reader.read(Hash32.self) else {
            return nil
        }
        self.init(buffers: buffers, stdin: stdin, randomSeed: seed)
    }
}

extension GuestOutcome {
    /// Writes the status, then the parts in the order of their declaration.
    func append(to output: inout [UInt8]) {
        status.append(to: &output)
        output.append(lengthPrefixed: self.output)
        output.append(bigEndian: cycles)
        output.append(bigEndian: instructions)
        output.append(exitCode == nil ? 0 : 1)
        output.append(bigEndian: exitCode ?? 0)
        output.append(lengthPrefixed: console)
        output.append(consoleIsTruncated ? 1 : 0)
    }

    /// Reads what `append(to:)` wrote; nil when it is something else.
    init?(reading reader: inout ByteReader) {
        guard let status = Status(reading: &reader), let output = reader.readLengthPrefixed(),
            let cycles = reader.readUInt64(), let instructions = reader.readUInt64(),
            let hasExitCode = reader.readUInt8(), let exitCode = reader.readUInt32(),
            let console = reader.readLengthPrefixed(), let isTruncated = reader.readUInt8()
        else { return nil }
        self.init(
            status: status, output: output, cycles: cycles, instructions: instructions,
            exitCode: hasExitCode == 0 ? nil : exitCode, console: console,
            consoleIsTruncated: isTruncated != 0)
    }
}

extension GuestOutcome.Status {
    /// Writes 0 for a success, or the number of the cause and the parts of the failure.
    fileprivate func append(to output: inout [UInt8]) {
        switch self {
        case .succeeded: output.append(0)
        case .failed(let failure):
            output.append(failure.cause.rawValue)
            output.append(text: failure.detail)
            output.append(bigEndian: failure.pc)
            output.append(bigEndian: failure.cycles)
        }
    }

    fileprivate init?(reading reader: inout ByteReader) {
        guard let number = reader.readUInt8() else { return nil }
        if number == 0 {
            self = .succeeded
            return
        }
        guard let cause = GuestFailure.Cause(rawValue: number), let detail = reader.readText(),
            let pc = reader.readUInt32(), let cycles = reader.readUInt64()
        else { return nil }
        self = .failed(GuestFailure(cause, detail: detail, pc: pc, cycles: cycles))
    }
}
