/// Why an RLP encoding was refused. Each case but the first names the field.
package enum RLPError: Error, Hashable, Sendable {
    /// The encoding is longer than the limit, in bytes.
    case tooLong(byteCountMax: Int)

    /// The encoding, or the list that the field is in, ends before the field does.
    case truncated(field: String)

    /// There is a list where bytes belong, or bytes where a list belongs.
    case wrongKind(field: String)

    /// A length or a single byte has a shorter spelling, or an integer has leading zeros.
    case nonCanonical(field: String)

    /// The value does not fit in the field's type.
    case valueOutOfRange(field: String)

    /// A list has more elements than the limit.
    case tooManyElements(field: String, countMax: Int)

    /// Bytes follow the last field.
    case trailingBytes(field: String)
}

extension RLPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let byteCountMax):
            "the RLP encoding is longer than the limit of \(byteCountMax) bytes"
        case .truncated(let field):
            "\(field): the RLP encoding ends before this field does"
        case .wrongKind(let field):
            "\(field): a list stands where bytes belong, or bytes where a list belongs"
        case .nonCanonical(let field):
            "\(field): this is not the shortest RLP encoding of the value"
        case .valueOutOfRange(let field):
            "\(field): the value does not fit in the field's type"
        case .tooManyElements(let field, let countMax):
            "\(field): the list has more than \(countMax) elements"
        case .trailingBytes(let field):
            "\(field): bytes follow the last field of the RLP encoding"
        }
    }
}
