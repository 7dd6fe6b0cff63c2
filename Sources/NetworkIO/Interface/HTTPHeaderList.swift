/// Header or trailer fields in the order they were sent. Names are lower-case, as HTTP/2 writes them;
/// the HTTP/1.1 side lowers what it receives.
package struct HTTPHeaderList: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One field.
    package struct Field: Hashable, Sendable {
        /// The name, lower-case.
        package let name: String

        /// The value, without the white space around it.
        package let value: String
    }

    /// All fields, repeated names included.
    package private(set) var fields: [Field]

    /// No fields.
    package init() {
        fields = []
    }

    /// These fields; names must be lower-case.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// How many fields there are.
    package var count: Int { fields.count }

    /// The first value of `name` (lower-case), or nil.
    package subscript(name: String) -> String? {
        for field in fields where field.name == name { return field.value }
        return nil
    }

    /// Every value of `name` (lower-case), in order.
    package func values(of name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// How many fields are called `name` (lower-case).
    package func count(of name: String) -> Int {
        var count = 0
        for field in fields where field.name == name { count += 1 }
        return count
    }

    /// Whether a comma-separated list field holds `token`, compared without regard to case.
    package func containsToken(_ token: String, in name: String) -> Bool {
        for field in fields where field.name == name {
            for part in field.value.utf8.split(separator: UInt8(ascii: ",")) {
                if ASCIIText.equalIgnoringCase(ASCIIText.trimmed(part), token.utf8) { return true }
            }
        }
        return false
    }

    /// Adds a field; `name` must be lower-case.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    mutating func reserveCapacity(_ count: Int) {
        fields.reserveCapacity(count)
    }
}
