internal import Bytes
internal import GuestRuntime

/// The first byte of a reply.
private enum ReplyKind: UInt8 {
    case hello = 1
    case finished = 2
    case accepted = 3
    case refused = 4
    case translated = 5
    case skipped = 6
}

extension ExecutorReply {
    /// Appends the whole message.
    func append(to output: inout [UInt8]) {
        MessageAssembler.append(to: &output) { output in
            switch self {
            case .hello(let version, let engine):
                output.append(ReplyKind.hello.rawValue)
                output.append(bigEndian: version)
                output.append(engine == .translator ? 1 : 0)
            case .finished(let ticket, let outcome):
                output.append(ReplyKind.finished.rawValue)
                output.append(bigEndian: ticket.number)
                outcome.append(to: &output)
            case .accepted(let ticket, let programID, let translation):
                output.append(ReplyKind.accepted.rawValue)
                output.append(bigEndian: ticket.number)
                programID.append(to: &output)
                output.append(contentsOf: translation)
            case .translated(let translation):
                output.append(ReplyKind.translated.rawValue)
                output.append(contentsOf: translation)
            case .refused(let ticket, let reason):
                output.append(ReplyKind.refused.rawValue)
                output.append(bigEndian: ticket.number)
                output.append(text: reason)
            case .skipped(let ticket):
                output.append(ReplyKind.skipped.rawValue)
                output.append(bigEndian: ticket.number)
            }
        }
    }

    /// The reply in these bytes (without the length); nil when they are none.
    init?(decoding bytes: [UInt8]) {
        var reader = ByteReader(bytes.span)
        guard let kind = reader.readUInt8().flatMap(ReplyKind.init(rawValue:)),
            let reply = Self.read(kind, from: &reader), reader.isAtEnd
        else { return nil }
        self = reply
    }

    private static func read(_ kind: ReplyKind, from reader: inout ByteReader) -> Self? {
        switch kind {
        case .hello: return readHello(from: &reader)
        case .translated: return reader.readBytes(reader.remainingCount).map(Self.translated)
        case .finished, .accepted, .refused, .skipped: return readAnswer(kind, from: &reader)
        }
    }

    private static func readHello(from reader: inout ByteReader) -> Self? {
        guard let version = reader.readUInt32(), let engine = reader.readUInt8(), engine <= 1 else {
            return nil
        }
        return .hello(version: version, engine: engine == 1 ? .translator : .interpreter)
    }

    private static func readAnswer(_ kind: ReplyKind, from reader: inout ByteReader) -> Self? {
        guard let ticket = reader.readTicket() else { return nil }
        switch kind {
        case .hello, .translated: return nil
        case .finished:
            return GuestOutcome(reading: &reader).map { .finished(ticket, $0) }
        case .accepted:
            guard let id = reader.read(ProgramID.self),
                let translation = reader.readBytes(reader.remainingCount)
            else { return nil }
            return .accepted(ticket, id, translation: translation)
        case .refused:
            return reader.readText().map { .refused(ticket, $0) }
        case .skipped: return .skipped(ticket)
        }
    }
}
