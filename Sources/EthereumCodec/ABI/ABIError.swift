/// Why an ABI encoding was refused. Each case but the first names the field, as the contract
/// interface spells it.
package enum ABIError: Error, Hashable, Sendable {
    /// The encoding is longer than the limit, in bytes.
    case tooLong(byteCountMax: Int)

    /// The encoding ends before the field does.
    case truncated(field: String)

    /// The offset of a dynamic field is not the one position that a canonical encoder gives it.
    case invalidOffset(field: String)

    /// The value does not fit in the field's type.
    case valueOutOfRange(field: String)

    /// Bytes that only fill up a word are not zero.
    case nonZeroPadding(field: String)

    /// An array has more elements than the limit.
    case tooManyElements(field: String, countMax: Int)

    /// A string is not UTF-8.
    case invalidUTF8(field: String)

    /// Bytes follow the end of the value.
    case trailingBytes(field: String)

    /// The first four bytes are not the selector of the function or error.
    case wrongSelector(field: String)
}

extension ABIError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let byteCountMax):
            "the ABI encoding is longer than the limit of \(byteCountMax) bytes"
        case .truncated(let field):
            "\(field): the ABI encoding ends before this field does"
        case .invalidOffset(let field):
            "\(field): the offset must point to the end of the preceding part, as abi.encode writes it"
        case .valueOutOfRange(let field):
            "\(field): the value does not fit in the field's type"
        case .nonZeroPadding(let field):
            "\(field): the bytes that fill up the last word must be zero"
        case .tooManyElements(let field, let countMax):
            "\(field): the array has more than \(countMax) elements"
        case .invalidUTF8(let field):
            "\(field): the string is not UTF-8"
        case .trailingBytes(let field):
            "\(field): bytes follow the end of the ABI encoding"
        case .wrongSelector(let field):
            "\(field): the first four bytes are not its selector"
        }
    }

    /// The field that is wrong; nil when it is the encoding as a whole.
    package var field: String? {
        switch self {
        case .tooLong: nil
        case .truncated(let field), .invalidOffset(let field), .valueOutOfRange(let field),
            .nonZeroPadding(let field), .tooManyElements(let field, _), .invalidUTF8(let field),
            .trailingBytes(let field), .wrongSelector(let field):
            field
        }
    }
}
