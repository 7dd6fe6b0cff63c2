import TestSupport
import Testing

@testable import HTTP2

/// However the bytes are cut, the same things happen.
@Suite struct SplitPointTests {
    private static let session: [UInt8] =
        Frame.preface
        + [
            Frame.settings([(1, 4_096), (3, 10), (4, 40)]), .settingsAck, .windowUpdate(0, 1_000),
            .headers(1, postFields, end: false), .data(1, [1, 2, 3]), .priority(1, on: 0),
            .data(1, [4, 5], end: true),
            Frame(type: 1, flags: 1, stream: 3, payload: Array(Frame.block(getFields).prefix(9))),
            .continuation(3, Array(Frame.block(getFields).dropFirst(9))),
            .headers(5, [("bad", "list")]), .ping(), Frame(type: 77, payload: [1, 2]),
            .headers(7, postFields, end: false), .headers(7, [("x-trailer", "1")]),
            .headers(9, getFields), .reset(9), .windowUpdate(1, 5), .goAway(0),
        ].flatMap(\.bytes)

    /// Everything that came of the session, as text, with an answer to each request.
    private static func run(_ pieces: [[UInt8]], _ delivery: BodyDelivery) -> String {
        let server = Endpoint(delivery: DeliveryRules(standard: delivery))
        for piece in pieces { server.feed(piece) }
        var text = server.events.map { "\($0)" }
        for stream: UInt32 in [1, 3, 7] {
            let id = HTTP2StreamID(stream)
            server.connection.send(head: HTTP2HeaderList([(":status", "200")]), to: id)
            server.connection.send(data: [9, 9].span, to: id, endsStream: true)
        }
        text += server.takeFrames().map { "\($0)" }
        return text.joined(separator: "\n")
    }

    @Test(arguments: [BodyDelivery.whole, .incremental])
    func cutAnywhereInTwo(delivery: BodyDelivery) {
        let whole = Self.run([Self.session], delivery)
        #expect(whole.contains("goAwayReceived") && !whole.contains("connectionFailed"))
        for cut in 0...Self.session.count {
            let pieces = [Array(Self.session[..<cut]), Array(Self.session[cut...])]
            #expect(Self.run(pieces, delivery) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: [BodyDelivery.whole, .incremental])
    func byteByByteAndInRandomPieces(delivery: BodyDelivery) {
        let whole = Self.run([Self.session], delivery)
        #expect(Self.run(Self.session.map { [$0] }, delivery) == whole)
        var random = SeededRandom(seed: 5)
        for _ in 0..<200 {
            var rest = Self.session[...]
            var pieces: [[UInt8]] = []
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...60, using: &random))
                pieces.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            #expect(Self.run(pieces, delivery) == whole)
        }
    }
}
