import TestSupport
import Testing

@testable import ExecutionPool

@Suite struct FairQueueTests {
    @Test func lanesTakeTurns() {
        var queue = FairQueue<String, String>()
        for (number, name) in ["a1", "a2", "a3", "b1", "c1", "c2"].enumerated() {
            queue.append(name, numbered: UInt64(number), to: String(name.prefix(1)))
        }
        var order: [String] = []
        while let name = queue.popFirst() { order.append(name) }
        #expect(order == ["a1", "b1", "c1", "a2", "c2", "a3"])
    }

    @Test func aLaneThatComesBackWaitsForItsTurn() {
        var queue = FairQueue<String, Int>()
        queue.append(1, numbered: 1, to: "a")
        queue.append(2, numbered: 2, to: "b")
        #expect(queue.popFirst() == 1)
        queue.append(3, numbered: 3, to: "a")
        #expect(queue.popFirst() == 2)
        #expect(queue.popFirst() == 3)
        #expect(queue.popFirst() == nil)
    }

    @Test func elementsLeaveFromTheMiddle() {
        var queue = FairQueue<String, Int>()
        for number in 0..<6 { queue.append(number, numbered: UInt64(number), to: "a") }
        #expect(queue.remove(3) == 3)
        #expect(queue.remove(3) == nil)
        #expect(queue.remove(99) == nil)
        #expect(queue.count == 5)
        #expect(queue.removeAll() == [0, 1, 2, 4, 5])
        #expect(queue.popFirst() == nil)
    }

    @Test func lanesWithLessLoadComeFirst() {
        var queue = FairQueue<String, String>()
        for (number, name) in ["a1", "a2", "b1", "c1", "c2"].enumerated() {
            queue.append(name, numbered: UInt64(number), to: String(name.prefix(1)))
        }
        let loads = ["a": 2, "b": 1]
        #expect(queue.hasLane(bearingNoneOf: loads))
        #expect(queue.popFirst(loads: loads, loadMax: 0) == "c1")
        #expect(queue.popFirst(loads: loads, loadMax: 0) == "c2")
        #expect(!queue.hasLane(bearingNoneOf: loads))
        #expect(queue.popFirst(loads: loads, loadMax: 0) == nil)
        #expect(queue.popFirst(loads: loads) == "b1")
        #expect(queue.popFirst(loads: loads, loadMax: 1) == nil)
        #expect(queue.popFirst(loads: loads) == "a1")
        #expect(queue.count == 1)
    }

    @Test func aLanePassedOverKeepsItsTurn() {
        var queue = FairQueue<String, Int>()
        for number in 0..<6 { queue.append(number, numbered: UInt64(number), to: "\(number % 3)") }
        #expect(queue.popFirst(loads: ["0": 1]) == 1)
        #expect(queue.popFirst() == 0)
        #expect(queue.popFirst() == 2)
        #expect(queue.popFirst() == 4)
    }

    /// Against the plainest thing that could be right: lists of lists.
    @Test func behavesAsTheModel() {
        var random = SeededRandom(seed: 11)
        var queue = FairQueue<Int, UInt64>()
        var model: [(lane: Int, numbers: [UInt64])] = []
        for number in 0..<20_000 as Range<UInt64> {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let lane = Int.random(in: 0..<6, using: &random)
                queue.append(number, numbered: number, to: lane)
                if let index = model.firstIndex(where: { $0.lane == lane }) {
                    model[index].numbers.append(number)
                } else {
                    model.append((lane, [number]))
                }
            case 2, 3:
                var expected: UInt64?
                if !model.isEmpty {
                    var first = model.removeFirst()
                    expected = first.numbers.removeFirst()
                    if !first.numbers.isEmpty { model.append(first) }
                }
                #expect(queue.popFirst() == expected)
            default:
                let waiting = model.flatMap(\.numbers)
                guard let gone = waiting.randomElement(using: &random) else { continue }
                #expect(queue.remove(gone) == gone)
                for index in model.indices { model[index].numbers.removeAll { $0 == gone } }
                model.removeAll { $0.numbers.isEmpty }
            }
            #expect(queue.count == model.reduce(0) { $0 + $1.numbers.count })
        }
    }

    @Test func whatIsPutBackIsTheNext() {
        var queue = FairQueue<String, String>()
        for (number, name) in ["a1", "a2", "b1", "b2"].enumerated() {
            queue.append(name, numbered: UInt64(number), to: String(name.prefix(1)))
        }
        #expect(queue.popFirst() == "a1")
        #expect(queue.popFirst() == "b1")
        #expect(queue.popFirst() == "a2")
        // The last one taken first, as they were taken; the lane of the first is gone meanwhile.
        queue.putBack("a2", numbered: 1, to: "a")
        queue.putBack("b1", numbered: 2, to: "b")
        queue.putBack("a1", numbered: 0, to: "a")
        var order: [String] = []
        while let name = queue.popFirst() { order.append(name) }
        #expect(order == ["a1", "b1", "a2", "b2"])
        #expect(queue.count == 0)
    }

    @Test func whatIsNotWantedStays() {
        var queue = FairQueue<String, Int>()
        queue.append(1, numbered: 1, to: "a")
        #expect(queue.popFirst { $0 > 1 } == nil)
        #expect(queue.popFirst { $0 > 0 } == 1)
    }
}
