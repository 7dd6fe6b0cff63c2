import Bytes
import GuestRuntime
import TestSupport
import Testing

@Suite struct DoublingTests {
    private static let data = GuestAssembly.data

    /// Doubles a point in place, as ADD of itself where a curve has no DOUBLE.
    private func double(_ family: CurveFamily, _ address: UInt32) -> [UInt32] {
        GuestAssembly.call(family.double ?? family.add, address, address)
    }

    private func chain(_ family: CurveFamily, _ point: [UInt8], _ count: Int) throws -> [UInt8] {
        let lines = try PythonOracle.lines(
            "GuestRuntimeTests/Oracles/curves.py",
            input: "CHAIN \(family.name) \(count) \(Hex.encode(point))\n")
        return lines.first.flatMap { Hex.decode($0) } ?? []
    }

    /// Several points at once, each doubled over and over, and all of it twice: every double comes from
    /// a formula, from one computed ahead or from one kept.
    @Test(arguments: CurveFamily.all)
    func longChains(family: CurveFamily) throws {
        var random = SeededRandom(seed: 768)
        let size = family.byteCount * 2
        var points = [family.generator]
        for _ in 0..<5 {
            points.append(family.coordinate(&random) + family.coordinate(&random))
        }
        // Two points take turns, then five: one more than chains are followed.
        for used in [Array(points[..<2]), Array(points[1...])] {
            let count = 40
            var text: [UInt32] = []
            for _ in 0..<2 {
                for (index, point) in used.enumerated() {
                    // Back to the start: the points are kept behind where they are doubled.
                    let target = Self.data + UInt32(index * size)
                    text += copy(target + 0x1000, target, point.count)
                }
                for _ in 0..<count {
                    for index in used.indices {
                        let address = Self.data + UInt32(index * size)
                        text += double(family, address)
                        text += GuestAssembly.call(2, 13, address, UInt32(size))
                    }
                }
            }
            let kept = [UInt8](repeating: 0, count: 0x1000) + used.flatMap { $0 }
            let outcome = try GuestAssembly.run(
                .sp1, text + GuestAssembly.sp1Halt, data: kept)
            #expect(outcome.status == .succeeded)
            let chains = try used.map { try chain(family, $0, count) }
            var expected: [UInt8] = []
            for step in 0..<count {
                for chain in chains { expected += chain[step * size..<(step + 1) * size] }
            }
            #expect(outcome.output == expected + expected)
        }
    }

    /// Points whose doubles need the inverse of zero, at once or later: those with y = 0, and (0, 0).
    @Test(arguments: CurveFamily.all)
    func inversesOfZero(family: CurveFamily) throws {
        let zero = [UInt8](repeating: 0, count: family.byteCount)
        var random = SeededRandom(seed: 2)
        for point in [zero + zero, random.bytes(family.byteCount) + zero, zero + family.edges[1]] {
            var text: [UInt32] = []
            for _ in 0..<30 {
                text += double(family, Self.data)
                text += GuestAssembly.call(2, 13, Self.data, UInt32(point.count))
            }
            let outcome = try GuestAssembly.run(
                .sp1, text + GuestAssembly.sp1Halt, data: point)
            #expect(try outcome.output == chain(family, point, 30))
        }
    }

    /// Words from one address to another; both and the count are multiples of 4.
    private func copy(_ source: UInt32, _ target: UInt32, _ count: Int) -> [UInt32] {
        var text = Assembler.li(X.a0, source) + Assembler.li(X.a1, target)
        for offset in stride(from: 0, to: Int32(count), by: 4) {
            text.append(Assembler.load(2, X.a2, offset, X.a0))
            text.append(Assembler.store(2, X.a2, offset, X.a1))
        }
        return text
    }
}
