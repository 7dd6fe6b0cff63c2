import Bytes
import GuestRuntime
import TestSupport
import Testing

/// Guests that double and add points in the orders that programs do, and out of order: whatever the host
/// computes ahead of them, each result is what the formulas give for that call.
@Suite struct PointSequenceTests {
    /// The first point becomes its sum with the second, or its double, where both are one.
    private struct Step {
        let target: Int
        let other: Int
    }

    /// More than twice what the host computes at a time.
    private static let slotCount = 140

    /// All steps in one guest, against the oracle, one by one.
    private func check(
        _ family: CurveFamily, _ points: [[UInt8]], _ steps: [Step]
    ) throws {
        let size = family.byteCount * 2
        let words = steps.map { "\($0.target),\($0.other)" }.joined(separator: " ")
        let bytes = points.flatMap { $0 }
        let lines = try PythonOracle.lines(
            "GuestRuntimeTests/Oracles/curves.py",
            input: "SEQUENCE \(family.name) \(Hex.encode(bytes)) \(words)\n")
        let expected = try #require(lines.first).split(separator: " ")
        try #require(expected.count == steps.count)
        var (text, results): ([UInt32], [UInt8]) = ([], [])
        for (step, result) in zip(steps, expected) where result != "skip" {
            let target = GuestAssembly.data + UInt32(step.target * size)
            let other = GuestAssembly.data + UInt32(step.other * size)
            let double = step.target == step.other ? family.double : nil
            text += GuestAssembly.call(double ?? family.add, target, other)
            text += GuestAssembly.call(2, 13, target, UInt32(size))
            results += try #require(Hex.decode(String(result)))
        }
        let outcome = try GuestAssembly.run(.sp1, text + GuestAssembly.sp1Halt, data: bytes)
        #expect(outcome.status == .succeeded)
        #expect(outcome.output == results)
    }

    /// Points of the curve: doubles of the generator and their sums.
    private func pointsOfTheCurve(_ family: CurveFamily, _ count: Int) throws -> [[UInt8]] {
        let lines = try PythonOracle.lines(
            "GuestRuntimeTests/Oracles/curves.py",
            input: "CHAIN \(family.name) \(count) \(Hex.encode(family.generator))\n")
        let bytes = try #require(lines.first.flatMap { Hex.decode($0) })
        let size = family.byteCount * 2
        return (0..<count).map { Array(bytes[$0 * size..<($0 + 1) * size]) }
    }

    /// Sums of pairs along an array, then of those, until one is left.
    private func sumOfSums(from start: Int, count: Int) -> [Step] {
        var (steps, left): ([Step], Int) = ([], count)
        while left > 1 {
            let rest = (left + 1) / 2
            for index in 0..<left - rest {
                steps.append(Step(target: start + index, other: start + rest + index))
            }
            left = rest
        }
        return steps
    }

    /// One of the orders in which programs combine points, with random numbers.
    private func pattern(_ random: inout SeededRandom) -> [Step] {
        let slots = (0..<4).map { _ in Int.random(in: 0..<Self.slotCount, using: &random) }
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            // Bit by bit from the lowest one, of two points.
            return (0..<40).flatMap { _ in
                let isAdded = (Bool.random(using: &random), Bool.random(using: &random))
                return [(isAdded.0, 0, 1), (isAdded.1, 0, 2), (true, 1, 1), (true, 2, 2)]
                    .filter(\.0).map { Step(target: slots[$0.1], other: slots[$0.2]) }
            }
        case 1:
            // From the highest bit, some doublings to each addition of one of three points.
            let fixed = Bool.random(using: &random) ? Int.random(in: 1...6, using: &random) : nil
            return (0..<20).flatMap { _ in
                let count = fixed ?? Int.random(in: 0...5, using: &random)
                let other = slots[Int.random(in: 1...3, using: &random)]
                let double = Step(target: slots[0], other: slots[0])
                return [Step](repeating: double, count: count)
                    + [Step(target: slots[0], other: other)]
            }
        case 2:
            let count = Int.random(in: 2...Self.slotCount, using: &random)
            return sumOfSums(from: 0, count: count).filter { _ in
                // Some are left out.
                Int.random(in: 0..<12, using: &random) > 0
            }
        case 3:
            // A table of multiples.
            return (0..<30).map { index in
                Step(target: index + 1, other: Bool.random(using: &random) ? index : 0)
            }
        default:
            return (0..<20).map { _ in
                let target = slots.randomElement(using: &random) ?? 0
                return Step(target: target, other: slots.randomElement(using: &random) ?? target)
            }
        }
    }

    /// Patterns one after the other, interrupted at random by steps that belong to none.
    @Test(arguments: CurveFamily.all, [1, 2, 3] as [UInt64])
    func patternsAndInterruptions(family: CurveFamily, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var steps: [Step] = []
        while steps.count < 500 {
            let pattern = pattern(&random)
            let rate = [0, 4, 40].randomElement(using: &random) ?? 0
            for step in pattern {
                steps.append(step)
                guard rate > 0, Int.random(in: 0..<rate, using: &random) == 0 else { continue }
                let slots = (0..<2).map { _ in Int.random(in: 0..<Self.slotCount, using: &random) }
                steps.append(Step(target: slots[0], other: slots[1]))
            }
        }
        let onCurve = try pointsOfTheCurve(family, Self.slotCount)
        try check(family, onCurve, steps)
        // Coordinates of no point: the curve's equation does not hold anywhere.
        let wild = (0..<Self.slotCount).map { _ in
            family.coordinate(&random) + family.coordinate(&random)
        }
        try check(family, wild, steps)
    }

    /// Rows of sums among whose pairs are opposite points, zeros, and coordinates above the prime: where
    /// a sum needs the inverse of zero, the others are computed all the same.
    @Test(arguments: CurveFamily.all)
    func rowsWithInversesOfZero(family: CurveFamily) throws {
        var random = SeededRandom(seed: 7)
        let size = family.byteCount
        for _ in 0..<4 {
            var points = try pointsOfTheCurve(family, Self.slotCount)
            for index in Self.slotCount / 2..<Self.slotCount where index % 5 == 0 {
                // The same x as the point that it is added to, or an edge of the field.
                let x = Array(points[index - Self.slotCount / 2][..<size])
                points[index] = x + family.coordinate(&random)
            }
            for _ in 0..<8 {
                let index = Int.random(in: 0..<Self.slotCount, using: &random)
                let edges = (0..<2).map { _ in family.edges.randomElement(using: &random) ?? [] }
                points[index] = edges[0] + edges[1]
            }
            let row = sumOfSums(from: 0, count: Self.slotCount)
            try check(family, points, row + row)
        }
    }

    /// A point that is doubled and added to sums in turn, so that the next sum is foreseen, until the next
    /// one is of opposite points or of equal ones.
    @Test(arguments: CurveFamily.all)
    func foreseenSumsWithInversesOfZero(family: CurveFamily) throws {
        let chain = try pointsOfTheCurve(family, 16)
        // The sum, the point; what makes -3 times the point after twelve doublings; what makes 2 times.
        let points = [
            chain[15], chain[0], opposite(chain[13], family), opposite(chain[12], family),
            chain[12], opposite(chain[12], family),
        ]
        let round = [Step(target: 0, other: 1), Step(target: 1, other: 1)]
        var steps = [[Step]](repeating: round, count: 12).flatMap { $0 }
        steps.append(Step(target: 2, other: 3))
        // -3 times and once: -2 times, to which 2 times is added next.
        steps += [Step(target: 2, other: 1), Step(target: 1, other: 1), Step(target: 2, other: 1)]
        steps += [[Step]](repeating: round, count: 12).flatMap { $0 }
        // The opposite at once, and whatever comes of it.
        steps += [Step(target: 4, other: 5), Step(target: 4, other: 1), Step(target: 1, other: 1)]
        steps += [Step(target: 4, other: 1), Step(target: 1, other: 1), Step(target: 4, other: 1)]
        try check(family, points, steps)
    }

    /// Two sums of two points, bit by bit, taking turns or not, of points with coordinates at the field's
    /// edges or none of the curve.
    @Test(arguments: CurveFamily.all)
    func foreseenSumsOfAnyPoints(family: CurveFamily) throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<6 {
            let points = (0..<4).map { _ in
                family.coordinate(&random) + family.coordinate(&random)
            }
            var steps: [Step] = []
            for _ in 0..<60 {
                let sum = Int.random(in: 0..<8, using: &random) == 0 ? 3 : 0
                for index in 1...2 where Bool.random(using: &random) {
                    steps.append(Step(target: sum, other: index))
                }
                steps += [Step(target: 1, other: 1), Step(target: 2, other: 2)]
            }
            try check(family, points, steps)
        }
    }

    /// The same x and -y, or on Ed25519 -x and the same y.
    private func opposite(_ point: [UInt8], _ family: CurveFamily) -> [UInt8] {
        let (x, y) = (point[..<family.byteCount], point[family.byteCount...])
        var borrow = 0
        let negated = zip(family.prime, family.double == nil ? x : y).map { prime, byte in
            let difference = Int(prime) - Int(byte) - borrow
            borrow = difference < 0 ? 1 : 0
            return UInt8(truncatingIfNeeded: difference)
        }
        return family.double == nil ? negated + y : x + negated
    }

    /// Rows that lead to the end of the guest's memory, and beyond it.
    @Test func rowsToTheEndOfMemory() throws {
        let family = CurveFamily.all[0]
        let points = try pointsOfTheCurve(family, 2)
        let end: UInt32 = 0x7800_0000
        var text: [UInt32] = []
        // Words that are not there are zeros: sums of the points and zeros.
        for index in 0..<10 as Range<UInt32> {
            let left = GuestAssembly.data + 64 * index
            text += GuestAssembly.call(family.add, left, end - 640 + 64 * index)
        }
        text += GuestAssembly.call(2, 13, GuestAssembly.data, 640)
        let bytes = [[UInt8]](repeating: points[0] + points[1], count: 5).flatMap { $0 }
        let outcome = try GuestAssembly.run(.sp1, text + GuestAssembly.sp1Halt, data: bytes)
        #expect(outcome.status == .succeeded)
        let zero = [UInt8](repeating: 0, count: 64)
        let calls = points.map {
            CurveCall(name: "SECP256K1_ADD", number: family.add, first: $0, second: zero)
        }
        let sums = try CurveGuest.expected(calls).map { try #require($0) }
        #expect(outcome.output == [[UInt8]](repeating: sums[0] + sums[1], count: 5).flatMap { $0 })
    }
}
