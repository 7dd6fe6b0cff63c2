package import HTTP2

/// Key-value pairs beside a call's messages (PROTOCOL-HTTP2.md, "Custom-Metadata"): a view of a header
/// list that knows which fields are the protocol's own, and that `-bin` values are base64.
package struct GRPCMetadata: Sendable {
    /// The fields as they are on the wire.
    package private(set) var fields: HTTP2HeaderList

    /// No metadata.
    package init() {
        fields = HTTP2HeaderList()
    }

    /// The metadata in a head or in trailers.
    package init(_ fields: HTTP2HeaderList) {
        self.fields = fields
    }

    /// Whether there are no fields at all.
    package var isEmpty: Bool { fields.count == 0 }

    /// The value of the first text field with this lower-case key.
    package func text(_ key: String) -> String? {
        guard Self.isCustom(key), !key.hasSuffix("-bin") else { return nil }
        return fields.value(of: key).map { String(decoding: $0, as: UTF8.self) }
    }

    /// All values of a binary key, which ends in `-bin`: a field may hold several, separated by commas.
    /// Nil when one of them is not base64.
    package func binaryValues(_ key: String) -> [[UInt8]]? {
        var values: [[UInt8]] = []
        var start = 0
        while let index = fields.firstIndex(of: key, from: start) {
            for part in fields.value(at: index).split(
                separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            {
                guard let value = Base64.decode(Self.trimmed(part)) else { return nil }
                values.append(value)
            }
            start = index + 1
        }
        return values
    }

    /// Adds a text field; false (and nothing added) when the key is the protocol's own, is not a metadata
    /// key or ends in `-bin`, or when the value is not printable ASCII.
    package mutating func append(_ key: String, _ value: String) -> Bool {
        guard Self.isKey(key), Self.isCustom(key), !key.hasSuffix("-bin"),
            value.utf8.allSatisfy({ (0x20...0x7e).contains($0) }),
            value.utf8.first != 0x20, value.utf8.last != 0x20
        else { return false }
        fields.append(key, value)
        return true
    }

    /// Adds a binary field; false when the key is not a metadata key that ends in `-bin`.
    package mutating func append(_ key: String, binary value: [UInt8]) -> Bool {
        guard Self.isKey(key), Self.isCustom(key), key.hasSuffix("-bin") else { return false }
        fields.append(key, Base64.encode(value))
        return true
    }

    /// Whether a key is the application's: not reserved (`grpc-`), not a pseudo-header field, not
    /// HTTP's.
    package static func isCustom(_ key: String) -> Bool {
        guard !key.hasPrefix("grpc-"), !key.hasPrefix(":") else { return false }
        return key != "content-type" && key != "te" && key != "content-length"
            && key != "connection"
    }

    private static func isKey(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: ".")
            }
    }

    private static func trimmed(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var part = part
        while part.first == 0x20 { part.removeFirst() }
        while part.last == 0x20 { part.removeLast() }
        return part
    }
}
