internal import Bytes

/// Reads the tokens of a JSON text. The text is known to be UTF-8.
struct JSONScanner {
    private let text: [UInt8]
    private var offset = 0

    init(text: [UInt8]) {
        self.text = text
    }

    /// Skips white space and takes the next byte, which starts a value. A byte that can only start a
    /// number stays.
    mutating func nextByte() throws(JSONError) -> UInt8 {
        let byte = try peekAfterSpace()
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return byte
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "t"),
            UInt8(ascii: "f"), UInt8(ascii: "n"):
            offset += 1
            return byte
        default: throw .unexpectedByte(offset: offset)
        }
    }

    /// Whether the next byte after white space is `expected`, which is then taken.
    mutating func skip(_ expected: UInt8) throws(JSONError) -> Bool {
        guard try peekAfterSpace() == expected else { return false }
        offset += 1
        return true
    }

    /// Takes the byte after an element: true for the end of the container, false for a comma.
    mutating func endOrComma(_ end: UInt8) throws(JSONError) -> Bool {
        if try skip(end) { return true }
        guard try skip(UInt8(ascii: ",")) else { throw .unexpectedByte(offset: offset) }
        return false
    }

    /// A string and the colon behind it.
    mutating func memberName() throws(JSONError) -> String {
        guard try skip(UInt8(ascii: "\"")) else { throw .unexpectedByte(offset: offset) }
        let name = try string()
        guard try skip(UInt8(ascii: ":")) else { throw .unexpectedByte(offset: offset) }
        return name
    }

    /// The rest of a literal whose first letter was taken.
    mutating func literal(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for letter in String(describing: word).utf8.dropFirst() {
            guard offset < text.count else { throw .truncated }
            guard text[offset] == letter else { throw .unexpectedByte(offset: offset) }
            offset += 1
        }
        return value
    }

    /// Checks that only white space is left.
    mutating func expectEnd() throws(JSONError) {
        skipSpace()
        guard offset == text.count else { throw .unexpectedByte(offset: offset) }
    }

    /// A number as it is written: RFC 8259 section 6.
    mutating func number() throws(JSONError) -> String {
        let start = offset
        if peek() == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = peek()
        let integerCount = skipDigits()
        var isValid = integerCount > 0 && (integerCount == 1 || firstDigit != UInt8(ascii: "0"))
        if peek() == UInt8(ascii: ".") {
            offset += 1
            isValid = skipDigits() > 0 && isValid
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                offset += 1
            }
            isValid = skipDigits() > 0 && isValid
        }
        guard isValid else { throw .invalidNumber(offset: start) }
        return String(decoding: text[start..<offset], as: UTF8.self)
    }

    /// The rest of a string whose opening quotation mark was taken: RFC 8259 section 7.
    mutating func string() throws(JSONError) -> String {
        var content: [UInt8] = []
        while let byte = peek() {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): try appendEscape(to: &content)
            case 0..<0x20: throw .unexpectedByte(offset: offset - 1)
            default: content.append(byte)
            }
        }
        throw .truncated
    }

    /// Decodes an escape whose backslash was taken.
    private mutating func appendEscape(to content: inout [UInt8]) throws(JSONError) {
        guard let letter = peek() else { throw .truncated }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
        case UInt8(ascii: "b"): content.append(8)
        case UInt8(ascii: "f"): content.append(12)
        case UInt8(ascii: "n"): content.append(10)
        case UInt8(ascii: "r"): content.append(13)
        case UInt8(ascii: "t"): content.append(9)
        case UInt8(ascii: "u"):
            content.append(contentsOf: String(Character(try unicodeEscape())).utf8)
        default: throw .invalidEscape(offset: offset - 2)
        }
    }

    /// Four digits, or a pair of surrogates of four digits each; `\u` was taken.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let start = offset - 2
        let first = try fourDigits(escapeStart: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Not a scalar: one half of a pair, which must be the high one.
        guard first < 0xdc00, text[offset...].starts(with: "\\u".utf8) else {
            throw .invalidEscape(offset: start)
        }
        offset += 2
        let second = try fourDigits(escapeStart: start)
        guard (0xdc00...0xdfff).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        else { throw .invalidEscape(offset: start) }
        return scalar
    }

    private mutating func fourDigits(escapeStart: Int) throws(JSONError) -> UInt32 {
        guard text.count - offset >= 4 else { throw .truncated }
        let digits = text[offset..<offset + 4]
        // Hex.decode takes a prefix 0x, which is no escape.
        guard digits.dropFirst().first.map({ $0 | 0x20 }) != UInt8(ascii: "x"),
            let bytes = Hex.decode(digits.span)
        else { throw .invalidEscape(offset: escapeStart) }
        offset += 4
        return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
    }

    private func peek() -> UInt8? {
        offset < text.count ? text[offset] : nil
    }

    private mutating func peekAfterSpace() throws(JSONError) -> UInt8 {
        skipSpace()
        guard let byte = peek() else { throw .truncated }
        return byte
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            offset += 1
        }
        return offset - start
    }
}
