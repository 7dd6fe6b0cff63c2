import Foundation
import TestSupport
import Testing

@testable import NetworkIO

@Suite struct TimerWheelTests {
    /// The wheel against a plain list, over random times near and far.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func sameAsAList(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var now: UInt64 = 1_000_000_000_000
        var wheel = TimerWheel<Int>(now: now)
        var expected: [Int: (deadline: UInt64, id: TimerWheel<Int>.ID)] = [:]
        for step in 0..<20_000 {
            switch random.next() % 4 {
            case 0, 1:
                let far = random.next() % 10 == 0 ? UInt64(60_000_000_000) : 300_000_000
                let deadline = now - 10_000_000 + random.next() % far
                expected[step] = (max(deadline, now), wheel.set(deadline, step))
            case 2:
                guard let key = expected.keys.min(), let entry = expected[key] else { continue }
                wheel.cancel(entry.id)
                wheel.cancel(entry.id)
                expected[key] = nil
            default:
                now += random.next() % 40_000_000
                var fired: [Int] = []
                wheel.advance(to: now, fired: &fired)
                for key in fired {
                    let entry = expected.removeValue(forKey: key)
                    #expect(entry.map { $0.deadline <= now } ?? false, "early, seed \(seed)")
                }
                let late = expected.values.contains { $0.deadline + 9_000_000 <= now }
                #expect(!late, "late, seed \(seed)")
            }
            #expect(wheel.count == expected.count)
        }
    }

    /// Waking exactly when the wheel asks fires every timer, none more than two slots late.
    @Test func nextDeadlineMissesNothing() {
        var random = SeededRandom(seed: 7)
        var now: UInt64 = 5
        var wheel = TimerWheel<UInt64>(now: now)
        for _ in 0..<1000 {
            let deadline = random.next() % 30_000_000_000
            _ = wheel.set(deadline, deadline)
        }
        while let next = wheel.nextDeadline {
            #expect(next > now)
            now = next
            var fired: [UInt64] = []
            wheel.advance(to: now, fired: &fired)
            for deadline in fired {
                #expect(deadline <= now && now - deadline < 18_000_000)
            }
        }
        #expect(wheel.count == 0)
    }

    @Test func longSleepVisitsEverySlotOnce() {
        var wheel = TimerWheel<Int>(now: 0)
        for index in 0..<2000 { _ = wheel.set(UInt64(index) * 7_000_000, index) }
        var fired: [Int] = []
        wheel.advance(to: 1 << 50, fired: &fired)
        #expect(fired.sorted() == Array(0..<2000))
        #expect(wheel.nextDeadline == nil)
    }
}

@Suite struct FrontPieceTests {
    /// The date against Foundation's calendar, over all of the years that can occur and their leap days.
    @Test func dates() {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        #expect(HTTPDate.text(secondsSince1970: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        for second in stride(from: 0, to: 8_000_000_000, by: 86_400 * 3 + 12_345) {
            let date = Date(timeIntervalSince1970: TimeInterval(second))
            #expect(HTTPDate.text(secondsSince1970: second) == formatter.string(from: date))
        }
    }

    @Test func firstBytes() {
        let preface = FirstBytes.bytes
        for count in 0..<preface.count {
            let start = Array(preface[..<count])
            #expect(FirstBytes.verdict(on: start.span) == .incomplete)
            let other = start + [preface[count] ^ 1]
            #expect(FirstBytes.verdict(on: other.span) == .different)
        }
        #expect(FirstBytes.verdict(on: preface.span) == .matches)
        let more = preface + [0]
        #expect(FirstBytes.verdict(on: more.span) == .matches)
    }

    @Test func refusalsAreJSON() throws {
        let refusals: [FrontRefusal] = [
            .malformed("x"), .headersTooLarge(byteCountMax: 1), .bodyTooLarge(byteCountMax: 2),
            .requestTimeout, .unknownExpectation, .unknownTransferCoding, .unknownVersion,
            .overloaded, .grpcOnly, .noGRPC, .noAnswer,
        ]
        for refusal in refusals {
            let body = Data(refusal.httpResponse.body)
            let object = try JSONSerialization.jsonObject(with: body) as? [String: Any]
            #expect(object?["reason"] as? String == refusal.reason)
            #expect(object?["grpc_code"] as? Int == Int(refusal.grpcCode.rawValue))
            #expect(object?["message"] as? String == refusal.message)
        }
    }

    @Test func bodyBudget() {
        let budget = BodyBudget(byteCountMax: 100)
        #expect(budget.take(60))
        #expect(!budget.take(41))
        #expect(budget.take(40))
        #expect(!budget.take(1))
        budget.give(60)
        #expect(budget.take(60))
    }
}
