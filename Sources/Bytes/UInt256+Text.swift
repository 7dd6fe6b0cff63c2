extension UInt256: CustomStringConvertible {
    /// The value in decimal.
    package var description: String {
        // 10^19 is the largest power of ten in 64 bits: each step takes off 19 decimal digits.
        let chunk: UInt64 = 10_000_000_000_000_000_000
        var (rest, low) = quotientAndRemainder(dividingBy: chunk)
        var text = String(low)
        while rest != .zero {
            text = String(repeating: "0", count: (-text.utf8.count % 19 + 19) % 19) + text
            (rest, low) = rest.quotientAndRemainder(dividingBy: chunk)
            text = String(low) + text
        }
        return text
    }

    /// The value as a JSON-RPC quantity: `0x` and hexadecimal digits without leading zeros.
    package var quantity: String {
        let digits = word.hex.drop { $0 == "0" }
        return digits.isEmpty ? "0x0" : "0x" + digits
    }

    /// The value of a JSON-RPC quantity, `0x` and 1 to 64 hexadecimal digits; nil for anything else.
    package init?(quantity text: String) {
        guard text.hasPrefix("0x"), (3...66).contains(text.utf8.count) else { return nil }
        let digits = text.dropFirst(2)
        let padding = String(repeating: "0", count: 64 - digits.utf8.count)
        guard let word = Hash32(hex: padding + digits) else { return nil }
        self.init(word)
    }

    /// The value of 1 to 78 decimal digits; nil for anything else and for values over 2^256 - 1.
    package init?(decimal text: String) {
        guard (1...78).contains(text.utf8.count) else { return nil }
        var value = UInt256.zero
        for character in text.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = UInt256(UInt64(character - UInt8(ascii: "0")))
            let (sum, carry) = shifted.addingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        self = value
    }
}
