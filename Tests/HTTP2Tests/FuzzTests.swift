import TestSupport
import Testing

@testable import HTTP2

/// Damaged sessions: nothing traps, nothing grows past its limit, and a failed connection says why.
@Suite struct FuzzTests {
    private static func validSession(_ random: inout SeededRandom) -> [UInt8] {
        let client = Endpoint(.client)
        client.feed(.settings([(4, 100)]), .settingsAck)
        for index in 0..<8 {
            var head = HTTP2HeaderList(postFields)
            head.append("x-a", "\(random.next() % 4)")
            guard let stream = client.connection.sendRequest(head) else { continue }
            let body = random.bytes(Int(random.next() % 90))
            let endsStream = index % 3 != 0
            client.connection.send(data: body.span, to: stream, endsStream: endsStream)
            if !endsStream {
                client.connection.send(trailers: HTTP2HeaderList([("x", "y")]), to: stream)
            }
        }
        return client.takeOutput()
    }

    private static func damage(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        // Most of the time the preface stays, so that something behind it is reached.
        let start = random.next() % 20 == 0 ? 0 : 24
        for _ in 0..<Int.random(in: 1...6, using: &random) where bytes.count > start {
            let place = Int.random(in: start..<bytes.count, using: &random)
            switch random.next() % 5 {
            case 0: bytes[place] ^= 1 << UInt8(random.next() % 8)
            case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            default: bytes.replaceSubrange(place..., with: bytes[place / 2..<place])
            }
        }
        return bytes
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func damagedSessionsNeverTrap(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let session = Self.damage(Self.validSession(&random), &random)
            let deliveries = [BodyDelivery.whole, .incremental]
            let server = Endpoint(
                delivery: DeliveryRules(standard: deliveries[Int(random.next() % 2)]))
            var rest = session[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...400, using: &random))
                server.feed(Array(piece))
                rest = rest.dropFirst(piece.count)
                Self.answer(server)
                server.now += random.next() % 5_000_000_000
                server.connection.deadlineReached(at: server.now)
            }
            #expect(server.unreadByteCount < 16_384 + 9, "seed \(seed)")
            let frames = server.takeFrames()
            let goAways = frames.filter { $0.type == 7 }
            #expect(goAways.count == (server.failure == nil ? 0 : 1), "seed \(seed)")
        }
    }

    /// Well-formed headers around random payloads reach deeper than damaged bytes do.
    @Test(arguments: 100..<140 as Range<UInt64>)
    func randomFramesNeverTrap(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let isServer = random.next() % 2 == 0
            let endpoint = isServer ? Endpoint.server() : Endpoint.client()
            for _ in 0..<40 {
                if !isServer {
                    _ = endpoint.connection.sendRequest(
                        HTTP2HeaderList(getFields), endsStream: random.next() % 2 == 0)
                }
                endpoint.feed(Self.randomFrame(&random))
                Self.answer(endpoint)
            }
            _ = endpoint.takeFrames()
        }
    }

    private static func randomFrame(_ random: inout SeededRandom) -> Frame {
        let stream = UInt32(random.next() % 12)
        switch random.next() % 6 {
        case 0: return .headers(stream, random.next() % 2 == 0 ? getFields : [(":status", "200")])
        case 1: return .headers(stream, postFields, end: false)
        case 2:
            return .settings([
                (UInt16(random.next() % 8), UInt32(truncatingIfNeeded: random.next()))
            ])
        case 3: return .windowUpdate(stream, UInt32(truncatingIfNeeded: random.next() >> 33))
        default:
            let payload = random.bytes(Int(random.next() % 24))
            return Frame(
                type: UInt8(random.next() % 11), flags: UInt8(truncatingIfNeeded: random.next()),
                stream: stream, payload: payload)
        }
    }

    private static func answer(_ endpoint: Endpoint) {
        for event in endpoint.takeEvents() {
            switch event {
            case .messageReceived(let message):
                endpoint.connection.send(
                    head: HTTP2HeaderList([(":status", "200")]), to: message.streamID)
                endpoint.connection.send(
                    data: message.body.span, to: message.streamID, endsStream: true)
            case .bodyReceived(let stream, let bytes):
                endpoint.connection.bodyConsumed(stream, byteCount: bytes.count)
            case .connectionFailed: endpoint.events.append(event)
            default: break
            }
        }
    }
}
