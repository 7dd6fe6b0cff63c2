/// How addresses and instruction words are written in messages.
package enum HexText {
    /// `0x` and eight lower-case hexadecimal digits.
    package static func word(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
