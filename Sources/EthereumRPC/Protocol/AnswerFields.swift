import Bytes
import EthereumCodec

// Reading of answers. Every field is checked; the error names the first one that is wrong.
extension JSONValue {
    /// A quantity that fits in 64 bits.
    func uint64(_ field: String) throws(EthereumRPCError) -> UInt64 {
        guard let value = try uint256(field).asUInt64 else { throw .malformedAnswer(field) }
        return value
    }

    /// A quantity: `0x` and 1 to 64 hexadecimal digits.
    func uint256(_ field: String) throws(EthereumRPCError) -> UInt256 {
        guard let text = asString, let value = UInt256(quantity: text) else {
            throw .malformedAnswer(field)
        }
        return value
    }

    /// Bytes: `0x` and an even number of hexadecimal digits.
    func bytes(_ field: String) throws(EthereumRPCError) -> [UInt8] {
        guard let text = asString, text.hasPrefix("0x"),
            text.utf8.count <= 2 + 2 * EthereumRPCLimits.dataByteCountMax,
            let bytes = Hex.decode(text)
        else { throw .malformedAnswer(field) }
        return bytes
    }

    /// Exactly as many bytes as the type has.
    func fixed<Value: FixedWidthBytes>(
        _ field: String, as type: Value.Type = Value.self
    ) throws(EthereumRPCError) -> Value {
        guard let value = Value(try bytes(field)) else { throw .malformedAnswer(field) }
        return value
    }

    /// An array of at most `countMax` elements.
    func array(_ field: String, countMax: Int) throws(EthereumRPCError) -> [JSONValue] {
        guard case .array(let elements) = self, elements.count <= countMax else {
            throw .malformedAnswer(field)
        }
        return elements
    }

    /// A member that must be there; null counts as absent.
    func member(_ name: String) throws(EthereumRPCError) -> JSONValue {
        guard let value = optionalMember(name) else { throw .malformedAnswer(name) }
        return value
    }

    /// A member that may be absent or null.
    func optionalMember(_ name: String) -> JSONValue? {
        guard let value = self[name], value != .null else { return nil }
        return value
    }
}

// Writing of parameters.
extension JSONValue {
    static func quantity(_ value: UInt64) -> JSONValue {
        .string("0x" + String(value, radix: 16))
    }

    static func data(_ bytes: [UInt8]) -> JSONValue {
        .string(Hex.encodePrefixed(bytes))
    }

    static func fixed(_ value: some FixedWidthBytes) -> JSONValue {
        .string(value.description)
    }
}

extension RPCAnswer {
    /// The result; the server's error is thrown.
    func value() throws(EthereumRPCError) -> JSONValue {
        switch self {
        case .success(let value): return value
        case .failure(let error): throw .server(error)
        }
    }
}
