/// The validated head of a request or a response (RFC 9113 section 8.3): all fields in order, the
/// pseudo-header fields first, and where they are.
package struct HTTP2Head: Sendable {
    /// All fields, the pseudo-header fields included.
    package let fields: HTTP2HeaderList

    /// The indices in `fields` of the fields without a leading colon.
    package var regularFields: Range<Int> { Int(pseudoFieldCount)..<fields.count }

    /// The status of a response, 100 to 599; 0 in a request.
    package let status: Int

    /// What `content-length` announced; nil when it is absent.
    package let contentLength: Int?

    let pseudoFieldCount: UInt8
    let methodIndex: UInt8?
    let schemeIndex: UInt8?
    let authorityIndex: UInt8?
    let pathIndex: UInt8?

    /// The `:method` of a request; empty in a response.
    package var method: ArraySlice<UInt8> { value(methodIndex) }

    /// The `:scheme` of a request; empty in a response and for CONNECT.
    package var scheme: ArraySlice<UInt8> { value(schemeIndex) }

    /// The `:authority` of a request; empty when it was not sent.
    package var authority: ArraySlice<UInt8> { value(authorityIndex) }

    /// The `:path` of a request with its query; empty in a response and for CONNECT.
    package var path: ArraySlice<UInt8> { value(pathIndex) }

    /// The value of the first regular field with this lower-case name.
    package func value(of name: String) -> ArraySlice<UInt8>? {
        fields.firstIndex(of: name, from: Int(pseudoFieldCount)).map { fields.value(at: $0) }
    }

    private func value(_ index: UInt8?) -> ArraySlice<UInt8> {
        guard let index else { return [] }
        return fields.value(at: Int(index))
    }
}
