internal import Bytes

/// The frame around everything the store keeps: one byte of version, the payload, and the CRC-32C
/// of both, big-endian.
package enum StoredValue {
    /// The bytes around a payload.
    package static let overheadByteCount = 5

    /// The framed value whose payload `write` appends.
    package static func framed(
        version: UInt8, capacity: Int = 256, _ write: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(capacity + overheadByteCount)
        output.append(version)
        write(&output)
        output.append(bigEndian: CRC32C.checksum(output.span))
        return output
    }

    /// Where the payload of `value` lies; its checksum and version are checked.
    package static func payload(
        of value: Span<UInt8>, version: UInt8
    ) throws(StoredValueError) -> Range<Int> {
        guard value.count >= overheadByteCount else { throw .truncated }
        let end = value.count - 4
        guard value.bigEndianUInt32(at: end) == CRC32C.checksum(value.extracting(..<end)) else {
            throw .checksumMismatch
        }
        guard value[0] == version else { throw .unknownVersion(value[0]) }
        return 1..<end
    }
}

/// Why a stored value cannot be read.
package enum StoredValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Fewer bytes than the value needs.
    case truncated
    /// The bytes are not those that were written.
    case checksumMismatch
    /// Written by a newer, or no, version of Tandem.
    case unknownVersion(UInt8)
    /// More bytes than the value needs.
    case trailingBytes
    /// A field holds what it cannot hold.
    case fieldInvalid(FieldName)

    package var description: String {
        switch self {
        case .truncated: "the value is too short"
        case .checksumMismatch: "the checksum does not match the value"
        case .unknownVersion(let version): "the value has the unknown version \(version)"
        case .trailingBytes: "the value is too long"
        case .fieldInvalid(let name): "the field \(name.text) is not valid"
        }
    }
}

/// The name of a field of a stored value.
package struct FieldName: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(stringLiteral value: String) {
        text = value
    }
}
