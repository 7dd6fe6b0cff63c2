internal import Bytes

extension JSONValue {
    /// Parses a complete JSON text: one value, with nothing but white space around it.
    package init(
        parsing text: [UInt8], byteCountMax: Int = EthereumCodecLimits.jsonByteCountMax,
        depthMax: Int = EthereumCodecLimits.jsonDepthMax
    ) throws(JSONError) {
        guard text.count <= byteCountMax else { throw .tooLong(byteCountMax: byteCountMax) }
        guard String(validating: text, as: UTF8.self) != nil else { throw .invalidUTF8 }
        var parser = JSONParser(text: text, depthMax: depthMax)
        self = try parser.parse()
    }
}

/// Parses with a stack of its own: the depth of the text costs no recursion, and time and memory are
/// linear in its length.
///
///     value ── scalar or empty ──> completed ── in no container ──> end
///       │                              │
///       └─ opens [ or { ──> value      ├─ then , ──> value
///                                      └─ then ] or } ──> the container is completed
private struct JSONParser {
    /// An array or object whose end has not been read: where its elements start.
    private struct Container {
        let isObject: Bool
        let firstValue: Int
        let firstName: Int
    }

    private var scanner: JSONScanner
    private let depthMax: Int
    private var containers: [Container] = []

    // The elements of all open containers, the innermost last; names of members likewise.
    private var values: [JSONValue] = []
    private var names: [String] = []

    init(text: [UInt8], depthMax: Int) {
        scanner = JSONScanner(text: text)
        self.depthMax = depthMax
    }

    mutating func parse() throws(JSONError) -> JSONValue {
        // Each turn takes at least one byte of the text.
        while true {
            guard let value = try readScalarOrOpen() else { continue }
            values.append(value)
            try closeContainers()
            guard containers.isEmpty else { continue }
            try scanner.expectEnd()
            return values[0]
        }
    }

    /// Reads a value that is complete at once; nil when it opened a container that has elements.
    private mutating func readScalarOrOpen() throws(JSONError) -> JSONValue? {
        switch try scanner.nextByte() {
        case UInt8(ascii: "["):
            try checkDepth()
            if try scanner.skip(UInt8(ascii: "]")) { return .array([]) }
            open(isObject: false)
            return nil
        case UInt8(ascii: "{"):
            try checkDepth()
            if try scanner.skip(UInt8(ascii: "}")) { return .object([]) }
            open(isObject: true)
            names.append(try scanner.memberName())
            return nil
        case UInt8(ascii: "\""): return .string(try scanner.string())
        case UInt8(ascii: "t"): return try scanner.literal("true", .bool(true))
        case UInt8(ascii: "f"): return try scanner.literal("false", .bool(false))
        case UInt8(ascii: "n"): return try scanner.literal("null", .null)
        default: return .number(try scanner.number())
        }
    }

    private mutating func open(isObject: Bool) {
        containers.append(
            Container(isObject: isObject, firstValue: values.count, firstName: names.count))
    }

    /// After a value: closes every container that ends here, up to the comma before the next value.
    private mutating func closeContainers() throws(JSONError) {
        while let container = containers.last {
            let end = container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            guard try scanner.endOrComma(end) else {
                if container.isObject {
                    names.append(try scanner.memberName())
                }
                return
            }
            containers.removeLast()
            let closed = try container.isObject ? object(container) : array(container)
            values.append(closed)
        }
    }

    private mutating func array(_ container: Container) -> JSONValue {
        let elements = Array(values[container.firstValue...])
        values.removeSubrange(container.firstValue...)
        return .array(elements)
    }

    private mutating func object(_ container: Container) throws(JSONError) -> JSONValue {
        var members: [JSONMember] = []
        var seen: Set<String> = []
        for (name, value) in zip(names[container.firstName...], values[container.firstValue...]) {
            guard seen.insert(name).inserted else { throw .duplicateName(name) }
            members.append(JSONMember(name, value))
        }
        names.removeSubrange(container.firstName...)
        values.removeSubrange(container.firstValue...)
        return .object(members)
    }

    private func checkDepth() throws(JSONError) {
        guard containers.count < depthMax else { throw .tooDeep(depthMax: depthMax) }
    }
}
