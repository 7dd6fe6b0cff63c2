package import Bytes

/// Looks settings up in several sources, the last one winning, and collects everything that is wrong
/// instead of stopping at the first problem.
package struct ConfigurationReader {
    private let sources: [ConfigurationSource]

    /// Every problem so far, each naming the source, the key and what would be right.
    package private(set) var problems: [String]

    /// Every key that was asked for.
    package private(set) var knownKeys: Set<String> = []

    /// A reader over sources in rising precedence, with the problems met while making them.
    package init(sources: [ConfigurationSource], problems: [String] = []) {
        self.sources = sources
        self.problems = problems
    }

    /// The text of a setting, if any source has it.
    package mutating func text(_ key: String) -> String? {
        find(key)?.text
    }

    /// The text of a setting.
    package mutating func text(_ key: String, default fallback: String) -> String {
        find(key)?.text ?? fallback
    }

    /// An unsigned integer; `2^36`, `8MiB` and `30` are all understood.
    package mutating func number(
        _ key: String, default fallback: UInt64, in range: ClosedRange<UInt64>
    ) -> UInt64 {
        parse(key, as: "a number from \(range.lowerBound) to \(range.upperBound)") {
            Self.number($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }

    /// An unsigned integer that fits in an `Int`.
    package mutating func count(
        _ key: String, default fallback: Int, in range: ClosedRange<Int>
    ) -> Int {
        let wide = UInt64(range.lowerBound)...UInt64(range.upperBound)
        return Int(number(key, default: UInt64(fallback), in: wide))
    }

    /// `true` or `false`.
    package mutating func flag(_ key: String, default fallback: Bool) -> Bool {
        parse(key, as: "true or false") { $0 == "true" ? true : $0 == "false" ? false : nil }
            ?? fallback
    }

    /// An Ethereum address, `0x` and 40 hexadecimal digits.
    package mutating func address(_ key: String) -> Address? {
        parse(key, as: "an address, 0x and 40 hexadecimal digits") { Address(hex: $0) }
    }

    /// One of a few words.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return parse(key, as: "one of \(words)") { Choice(rawValue: $0) } ?? fallback
    }

    /// The value of a setting that `parse` understands; nil when it is not set. A value that it refuses
    /// is a problem, which says what was `expected`.
    package mutating func parse<Value>(
        _ key: String, as expected: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let found = find(key) else { return nil }
        if let value = parse(found.text) { return value }
        problems.append("\(found.source): \(key) is '\(found.text)' but must be \(expected)")
        return nil
    }

    /// Records a problem that concerns several settings.
    package mutating func report(_ problem: String) {
        problems.append(problem)
    }

    /// Records every key that no lookup has asked for.
    package mutating func reportUnknownKeys() {
        for source in sources {
            for key in source.values.keys.sorted() where !knownKeys.contains(key) {
                let nearest = knownKeys.sorted().first { $0.lowercased() == key.lowercased() }
                let hint = nearest.map { "; did you mean \($0)?" } ?? ""
                problems.append("\(source.name): there is no setting \(key)\(hint)")
            }
        }
    }

    /// `30`, `0x1e`, `2^36`, `8KiB`, `8MiB` or `1GiB`; underscores may separate digits.
    static func number(_ text: String) -> UInt64? {
        let digits = text.replacing("_", with: "")
        if digits.hasPrefix("2^") {
            guard let exponent = UInt64(digits.dropFirst(2)), exponent < 64 else { return nil }
            return 1 << exponent
        }
        if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16) }
        for (suffix, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30)]
        where digits.hasSuffix(suffix) {
            guard let value = UInt64(digits.dropLast(3)) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 1 << shift)
            return overflow ? nil : product
        }
        return UInt64(digits)
    }

    private mutating func find(_ key: String) -> (text: String, source: String)? {
        knownKeys.insert(key)
        for source in sources.reversed() {
            if let text = source.values[key] { return (text, source.name) }
        }
        return nil
    }
}
