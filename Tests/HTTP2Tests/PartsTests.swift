import TestSupport
import Testing

@testable import HTTP2

/// The small parts by themselves, against a plain model.
@Suite struct PartsTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func streamTableIsADictionary(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var table = StreamTable(capacity: 20)
        var model: Set<UInt32> = []
        for _ in 0..<3_000 {
            // Few distinct homes, so that entries collide and move.
            let (far, near) = (random.next() % 8, random.next() % 6)
            let id = UInt32(far * 128 + near + 1)
            if let slot = table.find(id) {
                #expect(model.contains(id) && table[slot].id == id)
                if random.next() % 2 == 0 {
                    table.remove(slot)
                    model.remove(id)
                }
            } else {
                #expect(!model.contains(id))
                guard model.count < 20 else { continue }
                let slot = table.insert(
                    HTTP2Stream(
                        id: id, inbound: .body, sendWindow: 0,
                        receiveWindow: ReceiveWindow(available: 1, target: 1), now: 0))
                model.insert(id)
                #expect(table[slot].id == id)
            }
            #expect(table.count == model.count)
        }
        for id in model { #expect(table.find(id) != nil) }
    }

    @Test func rateLimitGivesBackWithTime() {
        var limit = RateLimit(RateBound(burst: 3, perSecond: 2))
        var admitted = 0
        for now: UInt64 in [0, 0, 0, 0, 499_999_999, 500_000_000, 500_000_000, 1_000_000_000] {
            if limit.admit(at: now) { admitted += 1 }
        }
        #expect(admitted == 5)
        // Never used for an hour: still three at once.
        let results = (0..<4).map { _ in limit.admit(at: 3_600_000_000_000) }
        #expect(results == [true, true, true, false])
        var extreme = RateLimit(RateBound(burst: .max, perSecond: 1))
        let last = extreme.admit(at: .max - 1)
        #expect(!last, "an overflow is refused, not trapped")
    }

    @Test func closedStreamsAreForgottenInOrder() {
        var closed = ClosedStreams()
        for id in stride(from: UInt32(1), to: 1_001, by: 2) {
            closed.insert(id, id % 4 == 1 ? .resetHere : .closed)
        }
        #expect(closed.ending(of: 1) == nil && closed.ending(of: 487) == nil)
        #expect(closed.ending(of: 489) == .resetHere && closed.ending(of: 999) == .closed)
        #expect(closed.ending(of: 1_001) == nil)
    }

    @Test func prefaceIsRecognisedByItsFirstBytes() {
        for count in 0..<24 {
            #expect(HTTP2Preface.match(Array(Frame.preface.prefix(count)).span) == .needsMore)
            var wrong = Frame.preface
            wrong[count] ^= 1
            #expect(HTTP2Preface.match(wrong.span) == .differs)
        }
        #expect(HTTP2Preface.match((Frame.preface + [1]).span) == .matches)
    }

    /// Limits that belong together.
    @Test func defaultsFitEachOther() {
        let limits = HTTP2Limits()
        #expect(limits.headerBlockByteCountMax >= limits.headerListByteCountMax)
        #expect(limits.continuationCountMax * 16_384 >= limits.headerBlockByteCountMax)
        #expect(limits.sendBacklogByteCountMax >= limits.bodyByteCountMax)
        #expect(limits.outputByteCountMax >= limits.outputByteCountTarget)
        #expect(limits.connectionWindowBytes >= limits.streamWindowBytes)
        #expect(limits.connectionWindowBytes <= PeerSettings.windowMax)
    }

    @Test func repeatedHeadsAreRemembered() {
        var encoder = HPACKEncoder()
        let server = Endpoint.server()
        var blocks: [[UInt8]] = []
        for round in 0..<6 {
            for value in ["a", "b"] {
                var block: [UInt8] = []
                let fields = HTTP2HeaderList(
                    getFields.dropLast() + [("x-kind", round == 4 ? "c" : value)])
                encoder.encode(fields, to: &block)
                blocks.append(block)
            }
        }
        for (index, block) in blocks.enumerated() {
            server.feed(Frame(type: 1, flags: 5, stream: UInt32(2 * index + 1), payload: block))
        }
        let kinds = server.takeMessages().compactMap { $0.head.value(of: "x-kind") }
            .map { String(decoding: $0, as: UTF8.self) }
        #expect(kinds == ["a", "b", "a", "b", "a", "b", "a", "b", "c", "c", "a", "b"])
    }
}
