import Bytes
import TestSupport
import Testing

@testable import GuestRuntime

@Suite struct PrimeFieldTests {
    /// Lines for the oracle, with what they have to be answered with.
    private struct Questions {
        private var lines = ""
        private var answers: [String] = []

        mutating func append(_ line: String, _ answer: String) {
            lines += line + "\n"
            answers.append(answer)
        }

        func check() throws {
            let found = try PythonOracle.lines(
                "GuestRuntimeTests/Oracles/curves.py", input: lines)
            #expect(found.count == answers.count)
            let questions = lines.split(separator: "\n")
            for index in found.indices where found[index] != answers[index] {
                Issue.record("\(questions[index]): \(found[index]), not \(answers[index])")
            }
        }
    }

    private static func hexadecimal(_ value: some FixedNatural) -> String {
        let digits = Hex.encode(value.bigEndianBytes).drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    /// Zero, one, numbers around the prime, the largest number, and random ones.
    private static func samples<Natural: FixedNatural>(
        _ prime: Natural, _ count: Int, _ random: inout SeededRandom
    ) -> [Natural] {
        let one = Natural(1)
        var samples = [Natural(), one, Natural(2), prime, prime.adding(one).sum]
        samples.append(prime.subtracting(one).difference)
        samples.append(Natural().subtracting(one).difference)
        for _ in 0..<count {
            let bytes = random.bytes(Natural.limbCount * 8)
            samples.append(Natural(littleEndian: bytes.span))
        }
        return samples
    }

    private func checkField<Field: PrimeField>(
        _ name: String, _: Field.Type, _ others: [Field.Modulus.Natural] = []
    ) throws {
        var random = SeededRandom(seed: 2519)
        let samples = Self.samples(Field.Modulus.modulus, 14, &random) + others
        var questions = Questions()
        for left in samples {
            #expect((Field(canonical: left) != nil) == (left < Field.Modulus.modulus))
            for right in samples {
                let (a, b) = (Field(reducing: left), Field(reducing: right))
                let text = "\(Self.hexadecimal(left)) \(Self.hexadecimal(right))"
                let quotient = Field.quotient(a, b)
                let results = [
                    ("add", a + b), ("subtract", a - b), ("multiply", a * b),
                    ("divide", Field.product(quotient, Field(1))),
                ]
                for (operation, result) in results {
                    questions.append(
                        "ELEMENT \(name) \(operation) \(text)", Self.hexadecimal(result.natural))
                }
                #expect(Field.square(quotient) == Field.product(quotient, results[3].1))
            }
            let exponent = samples[samples.count - 1]
            questions.append(
                "ELEMENT \(name) power \(Self.hexadecimal(left)) \(Self.hexadecimal(exponent))",
                Self.hexadecimal(Field(reducing: left).raised(to: exponent).natural))
        }
        try questions.check()
    }

    @Test func fieldsMatchPython() throws {
        // With 2^255, products whose folded halves carry into the upper limbs: once in 2^60 times.
        let high = LimbInteger<4>([0, 0, 0, 1 << 63])
        let carrying: [2 of LimbInteger<4>] = [
            LimbInteger([
                0x001d_2141_90d4_14c6, 0x0000_0001_ffff_f85e, 0x204f_89a3_870d_7788,
                0x9e2f_eb88_8298_6878,
            ]),
            LimbInteger([
                0xe50d_7943_5e50_d794, 0x0d79_435e_50d7_9435,
                0x204f_89a3_870d_7788, 0x9e2f_eb88_8298_6878,
            ]),
        ]
        try checkField("K1", Secp256k1Field.self, [high, carrying[0]])
        try checkField("R1", Secp256r1Field.self)
        try checkField("BN", BN254Field.self)
        try checkField("BLS", BLS12381Field.self)
        try checkField("ED", Ed25519Field.self, [high, carrying[1]])
    }

    /// Chains of sums and differences, whose inner form may lie above the prime.
    @Test func unreducedFormsStayRight() {
        var sum = Secp256k1Field(reducing: LimbInteger([.max, .max, .max, .max]))
        var other = Ed25519Field(reducing: LimbInteger([.max, .max, .max, .max]))
        let (first, second) = (sum, other)
        for _ in 0..<100 { (sum, other) = (sum + first, other + second) }
        #expect(sum == first * Secp256k1Field(101) && other == second * Ed25519Field(101))
        for _ in 0..<101 { (sum, other) = (sum - first, other - second) }
        #expect(sum.isZero && other.isZero)
        #expect(sum.natural.isZero && (sum - Secp256k1Field(1)).natural.isOdd == false)
    }

    /// All numerators and denominators below 23 primes that fit in one limb, in the widths of both fields.
    @Test func inversesOfSmallPrimesAreExhaustive() {
        let primes = (3..<60 as Range<UInt64>).filter { candidate in
            (2..<candidate).allSatisfy { candidate % $0 != 0 }
        }
        for prime in primes {
            let narrow = ModularInverse<5, 4>(LimbInteger(prime))
            let wide = ModularInverse<7, 6>(LimbInteger(prime))
            for value in 0..<prime {
                for scale in 0..<prime {
                    let result = narrow.divide(LimbInteger(scale), by: LimbInteger(value))
                    #expect(result < LimbInteger(prime))
                    #expect(value == 0 ? result.isZero : result[0] * value % prime == scale)
                    #expect(wide.divide(LimbInteger(scale), by: LimbInteger(value))[0] == result[0])
                }
            }
        }
    }

    /// Primes of all sizes: numbers at their borders, powers of 2 and their neighbours, random ones.
    @Test func inversesMatchPython() throws {
        var random = SeededRandom(seed: 62)
        var questions = Questions()
        let one = LimbInteger<4>(1)
        let primes: [LimbInteger<4>] = [
            Secp256k1Modulus.modulus, Ed25519Modulus.modulus, Secp256r1Modulus.modulus,
            BN254Modulus.modulus, Secp256k1Curve.order, Secp256r1Curve.order,
            // 2^64 - 59, 2^127 - 1, 2^128 - 159, 2^192 - 237, 2^256 - 189.
            LimbInteger([.max - 58, 0, 0, 0]), LimbInteger([.max, .max >> 1, 0, 0]),
            LimbInteger([.max - 158, .max, 0, 0]), LimbInteger([.max - 236, .max, .max, 0]),
            LimbInteger([.max - 188, .max, .max, .max]),
        ]
        for prime in primes {
            var values = Self.samples(prime, 40, &random)
            for bit in stride(from: 0, to: 256, by: 15) {
                var power = LimbInteger<4>()
                power[bit / 64] = 1 << UInt64(bit % 64)
                values += [power, power.subtracting(one).difference, power.adding(one).sum]
                values.append(prime.subtracting(power).difference)
            }
            let scales = Self.samples(prime, 4, &random).filter { $0 < prime }
            let inverse = ModularInverse<5, 4>(prime)
            for value in values where value < prime {
                for scale in scales {
                    let texts = [prime, scale, value].map { Self.hexadecimal($0) }
                    questions.append(
                        "DIVIDE \(texts.joined(separator: " "))",
                        Self.hexadecimal(inverse.divide(scale, by: value)))
                }
            }
        }
        try questions.check()
    }

    /// The wide field, in bulk.
    @Test func wideInversesMatchPython() throws {
        var random = SeededRandom(seed: 384)
        var questions = Questions()
        let prime = BLS12381Modulus.modulus
        let inverse = ModularInverse<7, 6>(prime)
        for value in Self.samples(prime, 2500, &random) where value < prime {
            let texts = [prime, BLS12381Modulus.radixSquared, value].map { Self.hexadecimal($0) }
            questions.append(
                "DIVIDE \(texts.joined(separator: " "))",
                Self.hexadecimal(inverse.divide(BLS12381Modulus.radixSquared, by: value)))
        }
        try questions.check()
    }
}
