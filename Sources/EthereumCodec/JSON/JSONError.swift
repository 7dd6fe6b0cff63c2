/// Why a text is not accepted as JSON. Offsets count bytes from the start of the text.
package enum JSONError: Error, Hashable, Sendable {
    /// The text has more bytes than the limit.
    case tooLong(byteCountMax: Int)

    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(depthMax: Int)

    /// The text is not UTF-8.
    case invalidUTF8

    /// The text ends inside a value.
    case truncated

    /// The byte at this offset cannot stand there.
    case unexpectedByte(offset: Int)

    /// The number that starts at this offset is not written as JSON asks.
    case invalidNumber(offset: Int)

    /// The escape that starts at this offset does not exist or is half a surrogate pair.
    case invalidEscape(offset: Int)

    /// An object has two members of this name.
    case duplicateName(String)
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let byteCountMax): "the JSON text is longer than \(byteCountMax) bytes"
        case .tooDeep(let depthMax): "the JSON text is nested deeper than \(depthMax) levels"
        case .invalidUTF8: "the JSON text is not UTF-8"
        case .truncated: "the JSON text ends inside a value"
        case .unexpectedByte(let offset): "unexpected character at byte \(offset) of the JSON text"
        case .invalidNumber(let offset): "invalid number at byte \(offset) of the JSON text"
        case .invalidEscape(let offset): "invalid escape at byte \(offset) of the JSON text"
        case .duplicateName(let name):
            "an object of the JSON text has two members named \(name.prefix(64))"
        }
    }
}
