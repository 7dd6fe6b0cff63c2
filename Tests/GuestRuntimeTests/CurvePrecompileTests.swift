import Bytes
import GuestRuntime
import TestSupport
import Testing

@Suite struct CurvePrecompileTests {
    /// Compares calls with the oracle; those that it refuses have to fail, one guest for each.
    private func compare(_ calls: [CurveCall]) throws {
        let expected = try CurveGuest.expected(calls)
        #expect(expected.count == calls.count)
        let accepted = zip(calls, expected).filter { $0.1 != nil }
        let results = try CurveGuest.results(accepted.map(\.0))
        for ((call, expected), result) in zip(accepted, results) {
            #expect(result == expected, "\(call.line)")
        }
        for (call, expected) in zip(calls, expected) where expected == nil {
            let failure = try CurveGuest.failure(call)
            #expect(failure?.cause == .invalidSyscall, "\(call.line)")
            #expect(failure?.detail.hasPrefix(call.name) == true)
        }
    }

    private func addition(_ family: CurveFamily, _ left: [UInt8], _ right: [UInt8]) -> CurveCall {
        CurveCall(
            name: family.name + "_ADD", number: family.add, first: left, second: right)
    }

    /// Points that are none: every pair of special coordinates, and random ones. The formulas go for them
    /// too.
    @Test(arguments: CurveFamily.all)
    func formulasGoForAnyCoordinates(family: CurveFamily) throws {
        var random = SeededRandom(seed: 381)
        var calls: [CurveCall] = []
        for x in family.edges {
            for y in family.edges {
                let other = family.coordinate(&random) + family.coordinate(&random)
                calls.append(addition(family, x + y, other))
                calls.append(addition(family, other, x + y))
                calls.append(addition(family, x + y, x + y))
                calls.append(addition(family, x + y, x + family.coordinate(&random)))
                if let double = family.double {
                    calls.append(
                        CurveCall(
                            name: family.name + "_DOUBLE", number: double, first: x + y, second: [])
                    )
                }
            }
        }
        for _ in 0..<300 {
            let points = (0..<4).map { _ in family.coordinate(&random) }
            calls.append(addition(family, points[0] + points[1], points[2] + points[3]))
            if let double = family.double {
                calls.append(
                    CurveCall(
                        name: family.name + "_DOUBLE", number: double,
                        first: points[0] + points[1], second: []))
            }
        }
        try compare(calls)
    }

    /// Sums and doubles of points of the curve, each of them, with its inverse and itself.
    @Test(arguments: CurveFamily.all)
    func pointsOfTheCurve(family: CurveFamily) throws {
        var random = SeededRandom(seed: 25519)
        var points = [family.generator]
        for _ in 0..<6 {
            // A new point is the double of the last, or its sum with an earlier one.
            var calls: [CurveCall] = []
            let last = points[points.count - 1]
            if let double = family.double {
                calls.append(
                    CurveCall(
                        name: family.name + "_DOUBLE", number: double, first: last, second: []))
            } else {
                calls.append(addition(family, last, last))
            }
            if points.count > 1, let other = points.dropLast().randomElement(using: &random) {
                calls.append(addition(family, last, other))
            }
            try compare(calls)
            points += try CurveGuest.results(calls)
        }
        var calls: [CurveCall] = []
        for left in points {
            for right in points { calls.append(addition(family, left, right)) }
        }
        try compare(calls)
    }

    /// Each curve that has one: roots and no roots, both signs, a sign that is none, special coordinates.
    @Test(arguments: CurveFamily.all.filter { $0.decompress != nil })
    func decompression(family: CurveFamily) throws {
        var random = SeededRandom(seed: 1305)
        let number = try #require(family.decompress)
        let isEdwards = family.name == "ED"
        let known = isEdwards ? family.byteCount : 0
        var coordinates = family.edges
        coordinates.append(Array(family.generator[known..<known + family.byteCount]))
        for _ in 0..<60 { coordinates.append(family.coordinate(&random)) }
        for value in 2..<12 as Range<UInt8> {
            coordinates.append([value] + [UInt8](repeating: 0, count: family.byteCount - 1))
        }
        var calls: [CurveCall] = []
        for coordinate in coordinates {
            for sign in [0, 1] as [UInt8] {
                let first = random.bytes(family.byteCount) + coordinate
                calls.append(
                    CurveCall(
                        name: family.name + "_DECOMPRESS", number: number, first: first,
                        second: [sign, 0, 0, 0]))
            }
        }
        calls.append(
            CurveCall(
                name: family.name + "_DECOMPRESS", number: number, first: calls[0].first,
                second: [2, 0, 0, 0]))
        try compare(calls)
        let accepted = try CurveGuest.expected(calls).count { $0 != nil }
        #expect(accepted > 40 && accepted < calls.count - 40)
    }

    /// Fields and their extensions: special numbers and random ones, below the prime or not.
    @Test(arguments: [
        ("BLS12381", "BLS12381_FP", UInt32(0x0001_0120), 1),
        ("BLS12381", "BLS12381_FP2", 0x0001_0123, 2),
        ("BN254", "BN254_FP", 0x0001_0126, 1), ("BN254", "BN254_FP2", 0x0001_0129, 2),
    ])
    func fields(curve: String, field: String, number: UInt32, degree: Int) throws {
        let family = try #require(CurveFamily.all.first { $0.name == curve })
        var random = SeededRandom(seed: 12)
        var operands: [([UInt8], [UInt8])] = []
        for left in family.edges {
            for right in family.edges {
                let more = (0..<2).map { _ in family.coordinate(&random) }
                operands.append(
                    degree == 1 ? (left, right) : (left + more[0], more[1] + right))
            }
        }
        for _ in 0..<200 {
            let values = (0..<4).map { _ in family.coordinate(&random) }
            operands.append(
                degree == 1
                    ? (values[0], values[1]) : (values[0] + values[1], values[2] + values[3]))
        }
        for (index, operation) in ["ADD", "SUB", "MUL"].enumerated() {
            try compare(
                operands.map {
                    CurveCall(
                        name: "\(field)_\(operation)", number: number + UInt32(index),
                        first: $0.0, second: $0.1)
                })
        }
    }

    /// A result lands on its second operand where both are the same bytes.
    @Test func operandsMayOverlap() throws {
        let family = CurveFamily.all[4]
        let data = GuestAssembly.data
        let sum = try GuestAssembly.run(
            .sp1,
            GuestAssembly.call(family.add, data, data) + GuestAssembly.call(2, 13, data, 64)
                + GuestAssembly.sp1Halt, data: family.generator)
        let call = addition(family, family.generator, family.generator)
        #expect(try sum.output == CurveGuest.expected([call]).first)
    }

    /// Addresses: a multiple of 4, and all bytes in the guest's memory.
    @Test func addressesAreChecked() throws {
        let data = GuestAssembly.data
        let numbers = CurveFamily.all.flatMap {
            [$0.add, $0.double, $0.decompress].compactMap(\.self)
        }
        for number in numbers + (0x0001_0120...0x0001_012b) {
            for address in [data + 1, data + 2, data + 3, 0, 16, 0x77ff_ffe4, 0xffff_fff0] {
                let text = GuestAssembly.call(number, address, 1) + GuestAssembly.sp1Halt
                let cause = try GuestAssembly.run(.sp1, text).failure?.cause
                // Second operands at 1 are no multiple of 4 either.
                let isOutside = address & 3 == 0 && cause == .invalidMemoryAccess
                #expect(isOutside || cause == .invalidSyscall)
            }
        }
    }
}
