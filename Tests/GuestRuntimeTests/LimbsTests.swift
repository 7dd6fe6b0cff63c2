import TestSupport
import Testing

@testable import GuestRuntime

/// Numbers of every length up to 12 limbs, with Python as the judge.
@Suite struct LimbsTests {
    private func sum(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var result = [UInt64](repeating: 7, count: max(left.count, right.count) + 1)
        var span = result.mutableSpan
        Limbs.add(left.span, right.span, into: &span)
        return result
    }

    private func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var result = [UInt64](repeating: 7, count: left.count)
        var span = result.mutableSpan
        Limbs.subtract(left.span, right.span, into: &span)
        return result
    }

    private func product(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var result = [UInt64](repeating: 7, count: left.count + right.count)
        var span = result.mutableSpan
        Limbs.multiply(left.span, right.span, into: &span)
        return result
    }

    private func quotient(
        _ left: [UInt64], _ right: [UInt64]
    ) -> (quotient: [UInt64], rest: [UInt64]) {
        var quotient = [UInt64](repeating: 7, count: left.count)
        var rest = [UInt64](repeating: 7, count: max(left.count, right.count) + 1)
        var work = [UInt64](repeating: 7, count: right.count + 1)
        var quotientSpan = quotient.mutableSpan
        var restSpan = rest.mutableSpan
        var workSpan = work.mutableSpan
        Limbs.divide(
            left.span, by: right.span, quotient: &quotientSpan, rest: &restSpan,
            normalised: &workSpan)
        return (quotient, rest)
    }

    @Test func allLengthsMatchPython() throws {
        var random = SeededRandom(seed: 20_261)
        var questions = IntegerQuestions()
        for _ in 0..<4000 {
            let left = WideNumber(
                random: &random, limbCount: Int.random(in: 0...12, using: &random))
            let right = WideNumber(
                random: &random, limbCount: Int.random(in: 0...12, using: &random))
            questions.ask(
                "add", [left, right], answer: "\(WideNumber(sum(left.limbs, right.limbs)))")
            questions.ask(
                "mul", [left, right], answer: "\(WideNumber(product(left.limbs, right.limbs)))")
            let isLess = Limbs.isLess(left.limbs.span, right.limbs.span)
            let (small, large) = isLess ? (left, right) : (right, left)
            questions.ask(
                "sub", [large, small],
                answer: "\(WideNumber(difference(large.limbs, small.significant)))")
            guard !right.isZero else { continue }
            let (quotient, rest) = quotient(left.limbs, right.significant)
            questions.ask(
                "divmod", [left, right], answer: "\(WideNumber(quotient)) \(WideNumber(rest))")
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    /// Dividends that are one off a multiple, whose digits are the ones that have to be corrected.
    @Test func divisionsNextToMultiplesMatchPython() throws {
        var random = SeededRandom(seed: 7_919)
        var questions = IntegerQuestions()
        for _ in 0..<4000 {
            let divisor = WideNumber(
                random: &random, limbCount: Int.random(in: 1...6, using: &random)
            ).significant
            guard !divisor.isEmpty else { continue }
            let factor = WideNumber(
                random: &random, limbCount: Int.random(in: 1...6, using: &random))
            let multiple = product(divisor, factor.limbs)
            let isAbove = Bool.random(using: &random) || Limbs.significantCount(multiple.span) == 0
            let dividend = isAbove ? sum(multiple, [1]) : difference(multiple, [1])
            let (quotient, rest) = quotient(dividend, divisor)
            questions.ask(
                "divmod", [WideNumber(dividend), WideNumber(divisor)],
                answer: "\(WideNumber(quotient)) \(WideNumber(rest))")
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    @Test func shiftsAndCounts() {
        let value: [UInt64] = [0x8000_0000_0000_0001, 0xf0, 0]
        let (zeros, nothing) = ([0, 0] as [UInt64], [] as [UInt64])
        let counts = [
            Limbs.significantCount(value.span), Limbs.bitCount(value.span),
            Limbs.bitCount(zeros.span), Limbs.significantCount(nothing.span),
        ]
        #expect(counts == [2, 72, 0, 0])
        for shift in [0, 1, 63] {
            var shifted = [UInt64](repeating: 7, count: 4)
            var span = shifted.mutableSpan
            Limbs.shiftLeft(value.span, by: shift, into: &span)
            let bitCount = Limbs.bitCount(span.span)
            #expect(bitCount == 72 + shift)
            Limbs.shiftRight(&span, count: 4, by: shift)
            #expect(shifted == value + [0])
        }
    }

    /// Products of 256-bit numbers modulo numbers of every length and shape.
    @Test func products256MatchPython() throws {
        var random = SeededRandom(seed: 65_537)
        var questions = IntegerQuestions()
        for round in 0..<20_000 {
            let left = WideNumber(random: &random, limbCount: 4)
            let right = WideNumber(random: &random, limbCount: 4)
            let length = round % 4 == 0 ? Int.random(in: 1...4, using: &random) : 4
            let modulus = WideNumber(random: &random, limbCount: length)
            guard let divisor = Divisor256(nonZero: modulus.four) else { continue }
            let found = divisor.remainder(of: Product256.full(left.four, right.four))
            questions.ask("mulmod", [left, right, modulus], answer: "\(WideNumber(found))")
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    /// 512-bit numbers that are next to a multiple of the modulus.
    @Test func remaindersNextToMultiplesMatchPython() throws {
        var random = SeededRandom(seed: 257)
        var questions = IntegerQuestions()
        for _ in 0..<10_000 {
            let modulus = WideNumber(random: &random, limbCount: 4)
            guard let divisor = Divisor256(nonZero: modulus.four) else { continue }
            let factor = WideNumber(random: &random, limbCount: 4)
            let multiple = product(modulus.limbs, factor.limbs)
            let number = Array(
                (Limbs.significantCount(multiple.span) == 0 || Bool.random(using: &random)
                    ? multiple : difference(multiple, [1])).prefix(8))
            let found = divisor.remainder(of: InlineArray { number[$0] })
            questions.ask(
                "mulmod", [WideNumber(number), WideNumber([1]), modulus],
                answer: "\(WideNumber(found))")
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }
}
