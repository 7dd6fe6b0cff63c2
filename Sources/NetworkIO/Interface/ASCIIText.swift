/// Comparison and folding of protocol text, which is ASCII: no Unicode rules, no locale.
enum ASCIIText {
    /// Whether the two are equal when A-Z and a-z count as the same.
    static func equalIgnoringCase(
        _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
    ) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { lowered($0) == lowered($1) }
    }

    /// `text` with A-Z as a-z; the same string, uncopied, when there is nothing to change.
    static func lowered(_ text: String) -> String {
        guard hasUpper(text.utf8.span) else { return text }
        return String(decoding: text.utf8.map(lowered), as: UTF8.self)
    }

    /// `text` without spaces and tabs at its ends; the same string, uncopied, when there are none.
    static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last else { return text }
        guard isBlank(first) || isBlank(last) else { return text }
        return String(Substring(trimmed(text[...].utf8)))
    }

    /// `text` without spaces and tabs at its ends.
    static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var rest = text
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    private static func hasUpper(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where isUpper(bytes[index]) { return true }
        return false
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    private static func isUpper(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
