/// The number of a stream on its connection: 1 to 2^31 - 1, odd when the client opened it
/// (RFC 9113 section 5.1.1). Never reused, so a late answer can't reach the wrong request.
package struct HTTP2StreamID: Hashable, Comparable, Sendable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}
