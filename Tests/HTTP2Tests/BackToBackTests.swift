import TestSupport
import Testing

@testable import HTTP2

/// A client and a server talking to each other under seeded random schedules: tiny windows, frames cut
/// anywhere, answers in any order, resets in between.
@Suite struct BackToBackTests {
    private struct Call {
        let body: [UInt8]
        let trailers: HTTP2HeaderList
        var sent = 0
        var isSent = false
        var received: [UInt8] = []
        var isAnswered = false
        var wasReset = false
    }

    private final class Pair {
        let client: Endpoint
        let server: Endpoint
        var toServer: [UInt8] = []
        var toClient: [UInt8] = []
        var calls: [HTTP2StreamID: Call] = [:]
        var pending: [HTTP2Message] = []
        var random: SeededRandom

        init(seed: UInt64) {
            var random = SeededRandom(seed: seed)
            let deliveries = [BodyDelivery.whole, .incremental]
            client = Endpoint(
                .client, limits: Pair.limits(&random),
                delivery: DeliveryRules(standard: deliveries[Int(random.next() % 2)]))
            server = Endpoint(limits: Pair.limits(&random))
            self.random = random
        }

        static func limits(_ random: inout SeededRandom) -> HTTP2Limits {
            var limits = HTTP2Limits()
            limits.streamWindowBytes =
                [1, 7, 100, 65_535, 200_000].randomElement(using: &random) ?? 1
            limits.largeStreamWindowBytes = Int.random(in: 1...3_000, using: &random)
            limits.largeBodyCountMax = Int.random(in: 1...3, using: &random)
            limits.connectionWindowBytes =
                [65_535, 70_000, 1 << 20].randomElement(using: &random) ?? 1
            limits.decoderTableByteCountMax = [0, 100, 4_096].randomElement(using: &random) ?? 0
            limits.encoderTableByteCountMax = [0, 200, 4_096].randomElement(using: &random) ?? 0
            limits.outputByteCountTarget = Int.random(in: 100...50_000, using: &random)
            limits.concurrentStreamCountMax = Int.random(in: 1...20, using: &random)
            // Byte-sized windows cost many frames, and refused streams many resets.
            limits.resets = RateBound(burst: 1_000_000, perSecond: 1_000)
            return limits
        }

        func open() {
            var head = HTTP2HeaderList(postFields)
            for index in 0..<Int(random.next() % 5) {
                head.append("x-\(index)", "\(random.next() % 4)")
            }
            guard let stream = client.connection.sendRequest(head) else { return }
            let size = [0, 1, 50, 3_000, 40_000].randomElement(using: &random) ?? 0
            var trailers = HTTP2HeaderList()
            if random.next() % 3 == 0 { trailers.append("x-sum", "\(size)") }
            calls[stream] = Call(body: random.bytes(size), trailers: trailers)
        }

        func sendSome() {
            guard let stream = sorted({ !$0.isSent && !$0.wasReset }).randomElement(using: &random),
                var call = calls[stream]
            else { return }
            let end = min(call.body.count, call.sent + Int.random(in: 0...20_000, using: &random))
            let piece = Array(call.body[call.sent..<end])
            call.sent = end
            let isLast = end == call.body.count
            let endsStream = isLast && call.trailers.count == 0
            client.connection.send(data: piece.span, to: stream, endsStream: endsStream)
            if isLast, !endsStream { client.connection.send(trailers: call.trailers, to: stream) }
            call.isSent = isLast
            calls[stream] = call
        }

        func answerSome() {
            guard !pending.isEmpty else { return }
            let request = pending.remove(at: Int(random.next() % UInt64(pending.count)))
            let stream = request.streamID
            server.connection.send(
                head: HTTP2HeaderList([(":status", "200"), ("x", "\(random.next() % 3)")]),
                to: stream)
            // The echo in pieces, the trailers back, both kinds of them.
            let middle = request.body.count / 2
            server.connection.send(data: Array(request.body[..<middle]).span, to: stream)
            server.connection.send(
                data: Array(request.body[middle...]).span, to: stream,
                endsStream: request.trailers.count == 0)
            guard request.trailers.count > 0 else { return }
            if random.next() % 2 == 0 {
                server.connection.send(trailers: request.trailers, to: stream)
            } else {
                server.connection.send(trailers: HTTP2HeaderBlock(request.trailers), to: stream)
            }
        }

        func resetSome() {
            guard
                let stream = sorted({ !$0.isAnswered && !$0.wasReset }).randomElement(
                    using: &random)
            else { return }
            client.connection.reset(stream, .cancel)
            calls[stream]?.wasReset = true
        }

        func sorted(_ condition: (Call) -> Bool) -> [HTTP2StreamID] {
            calls.filter { condition($0.value) }.keys.sorted()
        }

        func transfer(everything: Bool = false) {
            if everything || random.next() % 2 == 0 { toServer += client.takeOutput() }
            if everything || random.next() % 2 == 0 { toClient += server.takeOutput() }
            let sizes = (Int(random.next() % 3_000), Int(random.next() % 3_000))
            deliver(&toServer, to: server, everything ? .max : sizes.0)
            deliver(&toClient, to: client, everything ? .max : sizes.1)
            for event in server.takeEvents() { serverEvent(event) }
            for event in client.takeEvents() { clientEvent(event) }
        }

        private func deliver(_ bytes: inout [UInt8], to endpoint: Endpoint, _ count: Int) {
            let piece = Array(bytes.prefix(count))
            bytes.removeFirst(piece.count)
            endpoint.feed(piece)
        }

        private func serverEvent(_ event: HTTP2Event) {
            switch event {
            case .messageReceived(let request): pending.append(request)
            case .streamReset(let stream, _, _): pending.removeAll { $0.streamID == stream }
            case .backlogDrained: break
            default: Issue.record("server: \(event)")
            }
        }

        private func clientEvent(_ event: HTTP2Event) {
            switch event {
            case .messageReceived(let answer):
                calls[answer.streamID]?.received = answer.body
                finish(answer.streamID, answer.trailers)
            case .headReceived, .backlogDrained: break
            case .bodyReceived(let stream, let bytes):
                calls[stream]?.received += bytes
                client.connection.bodyConsumed(stream, byteCount: bytes.count)
            case .messageEnded(let stream, let trailers): finish(stream, trailers)
            case .streamReset(let stream, .refusedStream, byPeer: true):
                calls[stream]?.wasReset = true
            default: Issue.record("client: \(event)")
            }
        }

        private func finish(_ stream: HTTP2StreamID, _ trailers: HTTP2HeaderList) {
            guard let call = calls[stream], !call.wasReset else { return }
            #expect(call.received == call.body, "seed \(random.seed)")
            #expect(trailers == call.trailers, "seed \(random.seed)")
            calls[stream]?.isAnswered = true
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func everyCallIsAnswered(seed: UInt64) {
        let pair = Pair(seed: seed)
        for step in 0..<400 {
            switch pair.random.next() % 12 {
            case 0, 1: pair.open()
            case 2, 3, 4: pair.sendSome()
            case 5, 6: pair.answerSome()
            case 7 where step % 5 == 0: pair.resetSome()
            default: pair.transfer()
            }
        }
        var rounds = 0
        while !pair.sorted({ !$0.isAnswered && !$0.wasReset }).isEmpty, rounds < 200_000 {
            pair.sendSome()
            pair.answerSome()
            pair.transfer(everything: true)
            rounds += 1
        }
        let missing = pair.sorted { !$0.isAnswered && !$0.wasReset }
        #expect(missing.isEmpty, "seed \(seed)")
        #expect(pair.client.failure == nil && pair.server.failure == nil)
        for _ in 0..<4 { pair.transfer(everything: true) }
        #expect(pair.client.openStreamCount == 0 && pair.server.openStreamCount == 0)
        #expect(pair.calls.values.contains { $0.isAnswered })
    }
}
