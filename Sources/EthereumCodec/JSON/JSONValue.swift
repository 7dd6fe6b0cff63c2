/// A JSON text as a tree (RFC 8259).
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)

    /// A number exactly as it was written, so that nothing is rounded.
    case number(String)

    case string(String)
    case array([JSONValue])

    /// The members in the order they were written; no name occurs twice.
    case object([JSONMember])

    /// The member of an object with this name; nil when there is none or this is no object.
    /// Linear in the number of members.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string; nil for anything else.
    package var asString: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value of a number that is written as an integer without sign or exponent and is below
    /// 2^64; nil for anything else.
    package var asUInt64: UInt64? {
        // The parser lets no plus sign pass, and -0 is the one negative that UInt64 would take.
        guard case .number(let text) = self, !text.hasPrefix("-") else { return nil }
        return UInt64(text)
    }
}

/// A name and its value.
package struct JSONMember: Hashable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}
