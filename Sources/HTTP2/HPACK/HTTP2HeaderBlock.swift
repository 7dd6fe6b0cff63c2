/// A header block encoded once, without the dynamic table, to be sent many times on any connection.
package struct HTTP2HeaderBlock: Sendable {
    let bytes: [UInt8]

    /// Encodes the fields. Keep the result in a `static let`.
    package init(_ fields: HTTP2HeaderList) {
        bytes = HPACKEncoder.encodeWithoutTable(fields)
    }
}
