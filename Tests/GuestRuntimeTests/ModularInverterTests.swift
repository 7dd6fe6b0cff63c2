import TestSupport
import Testing

@testable import GuestRuntime

@Suite struct ModularInverterTests {
    private func inverse(
        _ inverter: inout ModularInverter, _ value: WideNumber, _ modulus: WideNumber
    ) -> String {
        let modulus = modulus.significant
        let found = inverter.inverse(of: value.limbs.span, modulo: modulus.span)
        return found.map { "\(WideNumber($0))" } ?? "-"
    }

    /// Numbers of every length, prime to each other and not.
    @Test func inversesMatchPython() throws {
        var random = SeededRandom(seed: 4_421)
        var questions = IntegerQuestions()
        var inverter = ModularInverter()
        for round in 0..<6000 {
            let count = round % 5 == 0 ? Int.random(in: 1...34, using: &random) : 4
            let modulus = WideNumber(random: &random, limbCount: count)
            let value = WideNumber(
                random: &random, limbCount: Int.random(in: 0...count, using: &random))
            let isBelow = Limbs.isLess(value.limbs.span, modulus.limbs.span)
            guard isBelow, modulus.significant != [1] else { continue }
            questions.ask(
                "inverse", [value, modulus], answer: inverse(&inverter, value, modulus))
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    /// All pairs of small numbers, and neighbours in Fibonacci's sequence, which take the most steps.
    @Test func smallNumbersAndManySteps() throws {
        var questions = IntegerQuestions()
        var inverter = ModularInverter()
        for modulus in 2...64 as ClosedRange<UInt64> {
            for value in 0..<modulus {
                let pair = (WideNumber([value]), WideNumber([modulus]))
                questions.ask(
                    "inverse", [pair.0, pair.1], answer: inverse(&inverter, pair.0, pair.1))
            }
        }
        var (low, high) = (WideNumber([1, 0, 0, 0, 0]), WideNumber([2, 0, 0, 0, 0]))
        for _ in 0..<450 {
            questions.ask("inverse", [low, high], answer: inverse(&inverter, low, high))
            var sum = [UInt64](repeating: 0, count: 6)
            var span = sum.mutableSpan
            Limbs.add(low.limbs.span, high.limbs.span, into: &span)
            (low, high) = (high, WideNumber(Array(sum.prefix(5))))
        }
        #expect(try questions.wrongAnswers() == [])
    }
}
