import TestSupport

@testable import GuestRuntime

/// A natural number of any length, to put questions to Python with.
struct WideNumber: CustomStringConvertible {
    /// The least significant first.
    var limbs: [UInt64]

    init(_ limbs: [UInt64]) {
        self.limbs = limbs
    }

    init<let count: Int>(_ limbs: InlineArray<count, UInt64>) {
        self.limbs = (0..<count).map { limbs[$0] }
    }

    /// The number in bytes, the least significant first.
    init(littleEndian bytes: some Collection<UInt8>) {
        limbs = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
        for (index, byte) in bytes.enumerated() {
            limbs[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
        }
    }

    init(hex text: Substring) {
        var digits = text
        limbs = []
        while !digits.isEmpty {
            limbs.append(UInt64(digits.suffix(16), radix: 16) ?? 0)
            digits = digits.dropLast(16)
        }
    }

    /// Limbs of the kinds that make carries, borrows and corrections happen.
    init(random generator: inout SeededRandom, limbCount: Int) {
        limbs = (0..<limbCount).map { _ in
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: 0
            case 1: .max
            case 2: 1 << UInt64.random(in: 0..<64, using: &generator)
            case 3: .max << UInt64.random(in: 0..<64, using: &generator)
            default: generator.next()
            }
        }
    }

    var isZero: Bool { limbs.allSatisfy { $0 == 0 } }

    /// Without leading zeros.
    var significant: [UInt64] { Array(limbs.prefix((limbs.lastIndex { $0 != 0 } ?? -1) + 1)) }

    /// The four lowest limbs.
    var four: InlineArray<4, UInt64> {
        InlineArray { $0 < limbs.count ? limbs[$0] : 0 }
    }

    /// The number in so many bytes, the least significant first.
    func littleEndian(_ count: Int) -> [UInt8] {
        (0..<count).map { index in
            index / 8 < limbs.count
                ? UInt8(truncatingIfNeeded: limbs[index / 8] >> UInt64(index % 8 * 8)) : 0
        }
    }

    /// As Python prints it.
    var description: String {
        let significant = significant
        guard let top = significant.last else { return "0" }
        return significant.dropLast().reversed().reduce(String(top, radix: 16)) { text, limb in
            let digits = String(limb, radix: 16)
            return text + String(repeating: "0", count: 16 - digits.count) + digits
        }
    }
}

/// Questions for Python and our own answers, compared all at once.
struct IntegerQuestions {
    private var questions: [String] = []
    private var answers: [String] = []

    mutating func ask(
        _ operation: String, _ operands: [WideNumber], answer: String
    ) {
        questions.append(([operation] + operands.map(\.description)).joined(separator: " "))
        answers.append(answer)
    }

    /// The questions that Python answers otherwise, with both answers.
    func wrongAnswers() throws -> [String] {
        let input = questions.map { $0 + "\n" }.joined()
        let lines = try PythonOracle.lines("GuestRuntimeTests/Oracles/integers.py", input: input)
        guard lines.count == answers.count else { return ["\(lines.count) answers"] }
        return zip(questions, zip(answers, lines)).compactMap { question, pair in
            pair.0 == pair.1 ? nil : "\(question): \(pair.0), Python says \(pair.1)"
        }
    }
}
