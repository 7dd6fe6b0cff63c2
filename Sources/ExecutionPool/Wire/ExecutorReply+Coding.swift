internal import Bytes
internal import GuestRuntime

/// The first byte of a reply.
private enum ReplyKind: UInt8 {
    case hello = 1
    case finished = 2
    case accepted = 3
    case refused = 4
}

extension ExecutorReply {
    /// The whole message.
    func framed() -> [UInt8] {
        MessageAssembler.framed { output in
            switch self {
            case .hello(let version):
                output.append(ReplyKind.hello.rawValue)
                output.append(bigEndian: version)
            case .finished(let ticket, let outcome):
                output.append(ReplyKind.finished.rawValue)
                output.append(bigEndian: ticket.number)
                outcome.append(to: &output)
            case .accepted(let ticket, let programID):
                output.append(ReplyKind.accepted.rawValue)
                output.append(bigEndian: ticket.number)
                programID.append(to: &output)
            case .refused(let ticket, let reason):
                output.append(ReplyKind.refused.rawValue)
                output.append(bigEndian: ticket.number)
                output.append(text: reason)
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
        if kind == .hello { return reader.readUInt32().map(Self.hello(version:)) }
        guard let ticket = reader.readTicket() else { return nil }
        switch kind {
        case .hello: return nil
        case .finished:
            return GuestOutcome(reading: &reader).map { .finished(ticket, $0) }
        case .accepted:
            return reader.read(ProgramID.self).map { .accepted(ticket, $0) }
        case .refused:
            return reader.readText().map { .refused(ticket, $0) }
        }
    }
}
