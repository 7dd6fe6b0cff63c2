import GRPCProtocol
import HTTP2
import TestSupport
import Testing

/// Calls over two connections back to back.
@Suite struct CallTests {
    private func openCall(
        _ pair: CallPair, _ message: [UInt8], timeout: UInt64? = nil,
        metadata: GRPCMetadata = GRPCMetadata()
    ) throws -> GRPCClientCall {
        let opened = GRPCClientCall.open(
            path: "/package.Service/Method", authority: "localhost", timeoutNanoseconds: timeout,
            metadata: metadata, on: &pair.client)
        let call = try #require(opened)
        call.send(message: message, isLast: true, on: &pair.client)
        pair.exchange()
        return call
    }

    private func acceptCall(
        _ pair: CallPair, at now: UInt64 = 0
    ) throws -> (call: GRPCServerCall, message: [UInt8]) {
        let request = try #require(pair.requests().first)
        guard case .unary(let call, let message) = GRPCServerCall.accept(request, at: now) else {
            throw GRPCStatus(.unknown, "not accepted")
        }
        return (call, message)
    }

    @Test(arguments: [0, 1, 5, 1_000, 16_379, 16_380, 65_530, 200_000])
    func unaryCallsKeepTheirBytes(size: Int) throws {
        var random = SeededRandom(seed: UInt64(size))
        let (sent, returned) = (random.bytes(size), random.bytes(size + 1))
        let pair = CallPair()
        for _ in 0..<3 {
            var clientCall = try openCall(pair, sent)
            var (call, message) = try acceptCall(pair)
            #expect(message == sent && call.path == "/package.Service/Method")
            let outcome = call.reply(message: returned, on: &pair.server)
            #expect(outcome == .sent || size > 60_000)
            pair.exchange()
            let answer = try #require(pair.answers().first)
            #expect(try clientCall.receive(answer) == returned)
            #expect(pair.server.openStreamCount == 0 && pair.client.openStreamCount == 0)
        }
    }

    @Test func timeoutsAndMetadataArrive() throws {
        let pair = CallPair()
        var metadata = GRPCMetadata()
        let isAdded =
            metadata.append("x-request", "a b")
            && metadata.append(
                "x-key-bin", binary: [0, 255, 3])
        #expect(isAdded)
        _ = try openCall(pair, [1], timeout: 1_500_000_000, metadata: metadata)
        let (call, _) = try acceptCall(pair, at: 1_000)
        #expect(call.deadline == 1_500_001_000)
        #expect(call.metadata.text("x-request") == "a b")
        #expect(call.metadata.binaryValues("x-key-bin") == [[0, 255, 3]])
        #expect(call.metadata.text("content-type") == nil && call.metadata.text("x-none") == nil)
    }

    @Test(arguments: GRPCStatusCode.allCases.dropFirst())
    func errorsArriveWithTheirMessage(code: GRPCStatusCode) throws {
        let pair = CallPair()
        var clientCall = try openCall(pair, [1])
        var (call, _) = try acceptCall(pair)
        let status = GRPCStatus(code, "50% of «nonce» is\nwrong\u{1f980}")
        call.fail(status, on: &pair.server)
        pair.exchange()
        let answer = try #require(pair.answers().first)
        #expect(throws: status) { try clientCall.receive(answer) }
        #expect((answer.head.value(of: "grpc-accept-encoding") != nil) == (code == .unimplemented))
        #expect(answer.trailers.count == 0, "Trailers-Only is one frame")
        // Nothing more is sent for a call that ended.
        let again = call.reply(message: [1], on: &pair.server)
        let finished = call.finish(.ok, on: &pair.server)
        #expect(again == .streamClosed && finished == .streamClosed)
    }

    @Test func aCancelledCallTakesNoAnswer() throws {
        let pair = CallPair()
        let clientCall = try openCall(pair, [1])
        var (call, _) = try acceptCall(pair)
        pair.client.reset(clientCall.streamID, .cancel)
        pair.exchange()
        guard case .streamReset(clientCall.streamID, .cancel, byPeer: true) = pair.serverEvents.last
        else {
            Issue.record("\(pair.serverEvents)")
            return
        }
        let outcome = call.reply(message: [1], on: &pair.server)
        let output = pair.server.nextOutput()
        #expect(outcome == .streamClosed && output == nil)
    }

    /// The shape of WatchJob: one request, answers as they come, metadata at the end.
    @Test func answersMayBeAStream() throws {
        let pair = CallPair(clientDelivery: .incremental)
        var clientCall = try openCall(pair, [7])
        var (call, _) = try acceptCall(pair)
        var received: [[UInt8]] = []
        var status: GRPCStatus?
        for round in 0..<5 {
            call.send(
                message: [UInt8](repeating: UInt8(round), count: round * 100), on: &pair.server)
            if round == 4 {
                var metadata = GRPCMetadata()
                _ = metadata.append("x-end", "1")
                call.finish(GRPCStatus(.aborted, "over"), metadata: metadata, on: &pair.server)
            }
            pair.exchange()
            for event in pair.clientEvents {
                switch event {
                case .headReceived(_, let head, _): try clientCall.receive(head: head)
                case .bodyReceived(_, let bytes):
                    clientCall.reader.append(bytes)
                    while let message = try clientCall.reader.nextMessage() {
                        received.append(message)
                    }
                case .messageEnded(_, let trailers):
                    status = clientCall.receive(trailers: trailers)
                    #expect(GRPCMetadata(trailers).text("x-end") == "1")
                default: break
                }
            }
            pair.clientEvents = []
            #expect(received.count == round + 1)
        }
        #expect(received.map(\.count) == [0, 100, 200, 300, 400])
        #expect(status == GRPCStatus(.aborted, "over"))
    }

    /// The shape of server reflection: the client waits for each answer before it sends on.
    @Test func bothDirectionsMayBeStreams() throws {
        let path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
        let pair = CallPair(clientDelivery: .incremental, incrementalPaths: [path])
        let opened = GRPCClientCall.open(path: path, authority: "a", on: &pair.client)
        var clientCall = try #require(opened)
        pair.exchange()
        guard case .headReceived(let stream, let head, false) = pair.serverEvents.last,
            case .streaming(var call, var reader) = GRPCServerCall.accept(stream, head, at: 0)
        else {
            Issue.record("\(pair.serverEvents)")
            return
        }
        for round in 0..<10 {
            pair.serverEvents = []
            pair.clientEvents = []
            let sent = [UInt8](repeating: UInt8(round), count: round)
            clientCall.send(message: sent, isLast: false, on: &pair.client)
            pair.exchange()
            guard case .bodyReceived(_, let bytes) = pair.serverEvents.last else {
                Issue.record("\(pair.serverEvents)")
                return
            }
            reader.append(bytes)
            #expect(try reader.nextMessage() == sent)
            #expect(try reader.nextMessage() == nil)
            call.send(message: sent + sent, on: &pair.server)
            pair.exchange()
            for case .bodyReceived(_, let answer) in pair.clientEvents {
                clientCall.reader.append(answer)
            }
            #expect(try clientCall.reader.nextMessage() == sent + sent)
        }
        let nothing: [UInt8] = []
        pair.client.send(data: nothing.span, to: stream, endsStream: true)
        pair.exchange()
        guard case .messageEnded = pair.serverEvents.last else {
            Issue.record("\(pair.serverEvents)")
            return
        }
        call.finish(.ok, on: &pair.server)
        pair.exchange()
        #expect(pair.server.openStreamCount == 0 && pair.client.openStreamCount == 0)
    }

    @Test func aBodyOverTheLimitIsResourceExhausted() throws {
        var limits = HTTP2Limits()
        limits.bodyByteCountMax = 1_000
        let pair = CallPair(limits: limits)
        var clientCall = try openCall(pair, [UInt8](repeating: 1, count: 1_001))
        guard case .bodyTooLarge(let stream, let head) = pair.serverEvents.last else {
            Issue.record("\(pair.serverEvents)")
            return
        }
        #expect(GRPCServerCall.isGRPC(head))
        GRPCRefusal.bodyTooLarge(stream).send(on: &pair.server)
        pair.exchange()
        let answer = try #require(pair.answers().first)
        do {
            _ = try clientCall.receive(answer)
            Issue.record("accepted")
        } catch { #expect(error.code == .resourceExhausted) }
    }

    struct Refused: Sendable {
        let change: [(String, String)]
        let body: [UInt8]
        let code: GRPCStatusCode
        let word: String
    }

    @Test(arguments: [
        Refused(change: [], body: [], code: .unimplemented, word: "none was sent"),
        Refused(change: [], body: [0, 0, 0, 0], code: .internal, word: "inside a message"),
        Refused(change: [], body: [0, 0, 0, 0, 2, 1], code: .internal, word: "inside a message"),
        Refused(
            change: [], body: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], code: .unimplemented,
            word: "more were sent"),
        Refused(change: [], body: [2, 0, 0, 0, 0], code: .internal, word: "flag"),
        Refused(change: [], body: [1, 0, 0, 0, 0], code: .internal, word: "names no codec"),
        Refused(
            change: [("grpc-encoding", "identity")], body: [1, 0, 0, 0, 0], code: .internal,
            word: "names no codec"),
        Refused(
            change: [("grpc-encoding", "gzip")], body: [1, 0, 0, 0, 0], code: .unimplemented,
            word: "gzip is not supported; use identity"),
        Refused(
            change: [], body: [0, 0xff, 0xff, 0xff, 0xff], code: .resourceExhausted,
            word: "4294967295"),
        Refused(change: [], body: [0, 0, 0x80, 0, 1], code: .resourceExhausted, word: "8388609"),
        Refused(
            change: [("grpc-timeout", "1x")], body: [0, 0, 0, 0, 0], code: .internal,
            word: "grpc-timeout"),
        Refused(
            change: [("content-type", "application/grpc+json")], body: [0, 0, 0, 0, 0],
            code: .unimplemented, word: "application/grpc+proto"),
        Refused(
            change: [(":method", "GET")], body: [0, 0, 0, 0, 0], code: .internal, word: "POST"),
    ])
    func wrongCallsAreRefusedWithAReason(refused: Refused) throws {
        var fields = callFields
        for (name, value) in refused.change {
            fields.removeAll { $0.0 == name }
            if name.hasPrefix(":") {
                fields.insert((name, value), at: 0)
            } else {
                fields.append((name, value))
            }
        }
        let pair = CallPair()
        let request = try #require(pair.request(fields, body: refused.body))
        guard case .refused(let refusal) = GRPCServerCall.accept(request, at: 0) else {
            Issue.record("accepted")
            return
        }
        #expect(refusal.status.code == refused.code)
        #expect(refusal.status.message.contains(refused.word))
        refusal.send(on: &pair.server)
        pair.exchange()
        let answer = try #require(pair.answers().first)
        let code = answer.head.value(of: "grpc-status").map { String(decoding: $0, as: UTF8.self) }
        #expect(code == String(refused.code.rawValue))
        if refused.code == .unimplemented {
            let accepted = answer.head.value(of: "grpc-accept-encoding").map { Array($0) }
            #expect(accepted == Array("identity".utf8))
        }
    }

    /// An uncompressed message needs no codec, whatever the head offers.
    @Test(arguments: [
        ("application/grpc", "gzip"), ("application/grpc+proto", "identity"),
        ("application/grpc; charset=utf-8", "deflate"), ("application/grpc+proto;v=1", "snappy"),
    ])
    func plainMessagesAreAccepted(type: String, encoding: String) throws {
        let fields = callFields.dropLast() + [("content-type", type), ("grpc-encoding", encoding)]
        let pair = CallPair()
        let request = try #require(pair.request(Array(fields), body: [0, 0, 0, 0, 1, 9]))
        guard case .unary(_, [9]) = GRPCServerCall.accept(request, at: 0) else {
            Issue.record("refused")
            return
        }
    }

    @Test(arguments: ["application/json", "application/grpcweb", "application/grp", ""])
    func otherContentTypesAreNotGRPC(type: String) throws {
        let fields = callFields.dropLast() + [("content-type", type)]
        let pair = CallPair()
        let request = try #require(pair.request(Array(fields), body: [1, 2]))
        guard case .notGRPC(let same) = GRPCServerCall.accept(request, at: 0) else {
            Issue.record("taken for gRPC")
            return
        }
        #expect(same.body == [1, 2])
    }

    @Test func httpErrorsBecomeStatusCodes() throws {
        for (http, code) in [
            (400, GRPCStatusCode.internal), (401, .unauthenticated), (403, .permissionDenied),
            (404, .unimplemented), (429, .unavailable), (503, .unavailable), (418, .unknown),
        ] {
            let pair = CallPair()
            var clientCall = try openCall(pair, [])
            let request = try #require(pair.requests().first)
            pair.server.send(
                head: HTTP2HeaderList([(":status", "\(http)")]), to: request.streamID,
                endsStream: true)
            pair.exchange()
            let answer = try #require(pair.answers().first)
            #expect(throws: GRPCStatus(code, "HTTP status \(http)")) {
                try clientCall.receive(answer)
            }
        }
        for (reset, code) in [
            (UInt32(0x7), GRPCStatusCode.unavailable), (0x8, .cancelled), (0xb, .resourceExhausted),
            (0xc, .permissionDenied), (0x1, .internal),
        ] { #expect(GRPCStatusCode(resetCode: reset) == code) }
    }
}
