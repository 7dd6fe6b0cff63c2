internal import Bytes

/// Writes one JSON value after another into a byte buffer, commas included.
///
/// The caller opens and closes objects and arrays in pairs; text is escaped as RFC 8259 section 7 asks.
package struct JSONWriter: Sendable {
    /// What was written so far: UTF-8.
    package private(set) var bytes: [UInt8] = []

    private var needsComma = false

    /// A writer with room for `capacity` bytes.
    package init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// `{`, as the value of `name` when one is given.
    package mutating func beginObject(_ name: StaticString? = nil) {
        open(name, with: UInt8(ascii: "{"))
    }

    /// `}`.
    package mutating func endObject() {
        close(with: UInt8(ascii: "}"))
    }

    /// `[`, as the value of `name` when one is given.
    package mutating func beginArray(_ name: StaticString? = nil) {
        open(name, with: UInt8(ascii: "["))
    }

    /// `]`.
    package mutating func endArray() {
        close(with: UInt8(ascii: "]"))
    }

    /// A member whose value is a string.
    package mutating func field(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    /// A member whose value is a byte string in hexadecimal, after `prefix`.
    package mutating func field(_ name: StaticString, hex value: [UInt8], prefix: StaticString) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        append(prefix)
        Hex.append(value, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A member whose value is a number.
    package mutating func field(_ name: StaticString, _ number: UInt64) {
        key(name)
        append(String(number))
    }

    /// A member whose value is true or false.
    package mutating func field(_ name: StaticString, _ flag: Bool) {
        key(name)
        append(flag ? "true" : "false")
    }

    /// A member whose value is null.
    package mutating func nullField(_ name: StaticString) {
        key(name)
        append("null")
    }

    /// A string member whose name is known at run time only.
    package mutating func field(named name: String, _ text: String) {
        key(name)
        string(text)
    }

    /// A number member whose name is known at run time only.
    package mutating func field(named name: String, _ number: UInt64) {
        key(name)
        append(String(number))
    }

    /// A member of so many seconds whose name is known at run time only; the number is finite.
    package mutating func field(named name: String, seconds: Double) {
        key(name)
        append(seconds.isFinite ? String(seconds) : "null")
    }

    /// A flag member whose name is known at run time only.
    package mutating func field(named name: String, _ flag: Bool) {
        key(name)
        append(flag ? "true" : "false")
    }

    /// A null member whose name is known at run time only.
    package mutating func nullField(named name: String) {
        key(name)
        append("null")
    }

    /// An array element that is a number.
    package mutating func element(_ number: UInt64) {
        separate()
        append(String(number))
        needsComma = true
    }

    private mutating func open(_ name: StaticString?, with bracket: UInt8) {
        if let name { key(name) } else { separate() }
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(with bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    /// Names in the source are plain words: nothing in them needs an escape.
    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = true
    }

    private mutating func key(_ name: String) {
        separate()
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { characters in
            // The buffer is the program's own constant.
            unsafe bytes.append(contentsOf: characters)
        }
    }

    /// Most text needs no escape: what lies between two escapes is copied at once.
    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { characters in
            var start = 0
            for index in characters.indices {
                // The index is one of the buffer's own.
                let character = unsafe characters[index]
                guard Self.needsEscape(character) else { continue }
                // start...index lies within the buffer: start is 0 or behind an earlier index.
                unsafe bytes.append(contentsOf: characters[start..<index])
                escape(character)
                start = index + 1
            }
            // As above; start is at most the count.
            unsafe bytes.append(contentsOf: characters[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ character: UInt8) -> Bool {
        character < 0x20 || character == UInt8(ascii: "\"") || character == UInt8(ascii: "\\")
    }

    private mutating func escape(_ character: UInt8) {
        guard character >= 0x20 else { return append("\\u00" + Hex.encode([character])) }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(character)
    }
}
