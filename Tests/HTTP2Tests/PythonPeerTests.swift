import Bytes
import TestSupport
import Testing

@testable import HTTP2

/// The `h2` package is the other end.
@Suite struct PythonPeerTests {
    private static let script = "HTTP2Tests/Oracles/h2_oracle.py"

    private static func line(_ message: HTTP2Message) -> String {
        let body = message.body.isEmpty ? "-" : Hex.encode(message.body)
        let trailers = message.trailers.count == 0 ? "-" : HPACKTests.text(message.trailers)
        return "\(message.streamID.rawValue) \(HPACKTests.text(message.head.fields)) \(body) "
            + trailers
    }

    @Test(arguments: [1, 2, 3, 4])
    func aPythonClientIsServed(seed: Int) throws {
        let arguments = ["\(seed)", "60"]
        let session = try PythonOracle.lines(Self.script, ["client"] + arguments)
        let server = Endpoint()
        server.feed(try #require(Hex.decode(session[0])))
        let messages = server.takeMessages()
        #expect(messages.map(Self.line).sorted() == session.dropFirst().sorted())
        var expected: [String] = []
        for message in messages {
            expected.append(Self.answer(message, on: server, asBlock: seed % 2 == 0))
        }
        let answers = try PythonOracle.lines(
            Self.script, ["answers"] + arguments, input: Hex.encode(server.takeOutput()))
        let shown = answers.prefix(messages.count)
        #expect(shown.sorted() == expected.sorted())
        #expect(answers.count >= messages.count + 2)
        #expect(server.openStreamCount == 0)
    }

    /// Echoes a request; returns what the client must see.
    private static func answer(
        _ request: HTTP2Message, on server: Endpoint, asBlock: Bool
    ) -> String {
        let head = HTTP2HeaderList([
            (":status", "200"), ("content-length", "\(request.body.count)"), ("server", "tandem"),
        ])
        let stream = request.streamID
        if asBlock {
            server.connection.send(head: HTTP2HeaderBlock(head), to: stream)
        } else {
            server.connection.send(head: head, to: stream)
        }
        let hasTrailers = request.trailers.count > 0
        server.connection.send(data: request.body.span, to: stream, endsStream: !hasTrailers)
        if hasTrailers { server.connection.send(trailers: request.trailers, to: stream) }
        let body = request.body.isEmpty ? "-" : Hex.encode(request.body)
        let trailers = hasTrailers ? HPACKTests.text(request.trailers) : "-"
        return "\(stream.rawValue) \(HPACKTests.text(head)) \(body) \(trailers)"
    }

    @Test(arguments: [5, 6, 7] as [UInt64])
    func aPythonServerAnswers(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let client = Endpoint(.client)
        // The server's limits are not known yet: the protocol's first ones hold.
        client.feed(.settings(), .settingsAck)
        var sent: [HTTP2StreamID: (line: String, body: [UInt8])] = [:]
        for index in 0..<40 {
            var head = HTTP2HeaderList(postFields)
            head.append("x-index", "\(index % 3)")
            head.append("authorization", "secret", isSensitive: true)
            let body = random.bytes([0, 10, 1_500].randomElement(using: &random) ?? 0)
            let endsAtOnce = body.isEmpty
            let opened = client.connection.sendRequest(head, endsStream: endsAtOnce)
            let stream = try #require(opened)
            var trailers = HTTP2HeaderList()
            if !endsAtOnce {
                if index % 2 == 0 { trailers.append("x-sum", "\(index)") }
                let endsStream = trailers.count == 0
                client.connection.send(data: body.span, to: stream, endsStream: endsStream)
                if !endsStream { client.connection.send(trailers: trailers, to: stream) }
            }
            let shownBody = body.isEmpty ? "-" : Hex.encode(body)
            let shownTrailers = trailers.count == 0 ? "-" : HPACKTests.text(trailers)
            let line = "\(stream.rawValue) \(HPACKTests.text(head)) \(shownBody) \(shownTrailers)"
            sent[stream] = (line, body)
        }
        let output = try PythonOracle.lines(
            Self.script, ["server"], input: Hex.encode(client.takeOutput()))
        #expect(output.dropLast().sorted() == sent.values.map(\.line).sorted())
        let bytes = try #require(output.last?.split(separator: " ").last)
        client.feed(try #require(Hex.decode(String(bytes))))
        let answers = client.takeMessages()
        #expect(answers.count == 40 && client.failure == nil)
        for answer in answers {
            let body = try #require(sent[answer.streamID]).body
            #expect(answer.body == body && answer.head.status == 200)
            #expect(
                answer.head.value(of: "x-count").map { Array($0) } == Array("\(body.count)".utf8))
        }
    }
}
