/// Base64 (RFC 4648 section 4) as `-bin` metadata uses it: written without padding, read with or without.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                output.append(digits[Int(bits >> UInt32(bitCount) & 63)])
            }
        }
        if bitCount > 0 { output.append(digits[Int(bits << UInt32(6 - bitCount) & 63)]) }
        return output
    }

    /// The bytes; nil for foreign characters, wrong padding, an impossible length or bits that are not
    /// zero behind the last byte.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var digitCount = text.count
        if text.count.isMultiple(of: 4) {
            let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }
            digitCount -= padding.count
        }
        guard digitCount % 4 != 1 else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(digitCount * 3 / 4)
        var bits: UInt32 = 0
        var bitCount = 0
        for character in text.prefix(digitCount) {
            guard let value = value(character) else { return nil }
            bits = bits << 6 | value
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        guard bits & (1 << UInt32(bitCount) - 1) == 0 else { return nil }
        return output
    }

    private static func value(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
