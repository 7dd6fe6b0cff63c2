/// Hexadecimal text, both ways.
package enum Hex {
    /// Two lower-case digits for each byte, no prefix.
    package static func encode(_ bytes: [UInt8]) -> String {
        encode(bytes, prefix: [])
    }

    /// `0x`, then two lower-case digits for each byte.
    package static func encodePrefixed(_ bytes: [UInt8]) -> String {
        encode(bytes, prefix: Array("0x".utf8))
    }

    /// Appends two lower-case digits for each byte.
    package static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: characters(bytes, prefix: []))
    }

    /// The bytes that the digits spell, `0x` optional; nil when the number of digits is odd or one of
    /// them is not a hexadecimal digit.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { unsafe decode($0.span) }
    }

    /// The bytes that the ASCII digits spell, `0x` optional; nil as for `decode(_:)` of a string.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        var offset = 0
        if text.count >= 2, text[0] == UInt8(ascii: "0"), text[1] | 0x20 == UInt8(ascii: "x") {
            offset = 2
        }
        guard (text.count - offset).isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity((text.count - offset) / 2)
        while offset < text.count {
            guard let high = digitValue(text[offset]), let low = digitValue(text[offset + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
            offset += 2
        }
        return bytes
    }

    private static func encode(_ bytes: [UInt8], prefix: [UInt8]) -> String {
        String(decoding: characters(bytes, prefix: prefix), as: UTF8.self)
    }

    private static func characters(_ bytes: [UInt8], prefix: [UInt8]) -> [UInt8] {
        let count = prefix.count + 2 * bytes.count
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            // Both index ranges end at the capacity that was asked for.
            var position = 0
            for character in prefix {
                unsafe buffer[position] = character
                position += 1
            }
            for byte in bytes {
                unsafe buffer[position] = digit(byte >> 4)
                unsafe buffer[position + 1] = digit(byte & 15)
                position += 2
            }
            initializedCount = position
        }
    }

    /// The digit of a value below 16. Arithmetic, so that the compiler can do many at once; the sum stays
    /// below 103.
    private static func digit(_ value: UInt8) -> UInt8 {
        value &+ (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }

    private static func digitValue(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
