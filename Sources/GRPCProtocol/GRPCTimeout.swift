/// `grpc-timeout`: 1 to 8 digits and a unit (PROTOCOL-HTTP2.md, "Timeout").
package enum GRPCTimeout {
    /// About 146 years; larger timeouts count as this, so that adding one to a clock can't overflow.
    package static let nanosecondsMax: UInt64 = 1 << 62

    private static let units: [(letter: UInt8, nanoseconds: UInt64)] = [
        (UInt8(ascii: "n"), 1), (UInt8(ascii: "u"), 1_000), (UInt8(ascii: "m"), 1_000_000),
        (UInt8(ascii: "S"), 1_000_000_000), (UInt8(ascii: "M"), 60_000_000_000),
        (UInt8(ascii: "H"), 3_600_000_000_000),
    ]

    /// The timeout in nanoseconds; nil when the text is not one.
    package static func parse(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard (2...9).contains(text.count), let letter = text.last else { return nil }
        var amount: UInt64 = 0
        for digit in text.dropLast() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            amount = amount * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        guard let unit = units.first(where: { $0.letter == letter }) else { return nil }
        let (product, overflow) = amount.multipliedReportingOverflow(by: unit.nanoseconds)
        return overflow ? nanosecondsMax : min(product, nanosecondsMax)
    }

    /// The text of a timeout: the finest unit in which 8 digits hold it, rounded up.
    package static func text(nanoseconds: UInt64) -> String {
        for unit in units {
            let (quotient, remainder) = nanoseconds.quotientAndRemainder(
                dividingBy: unit.nanoseconds)
            let amount = quotient + (remainder == 0 ? 0 : 1)
            if amount <= 99_999_999 {
                return "\(amount)\(Character(Unicode.Scalar(unit.letter)))"
            }
        }
        return "99999999H"
    }
}
