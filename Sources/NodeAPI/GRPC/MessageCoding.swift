internal import SwiftProtobuf

/// The message that the bytes spell; INVALID_BODY when they are not a message.
func decode<Decoded: SwiftProtobuf.Message>(
    _ bytes: [UInt8], as _: Decoded.Type = Decoded.self
) throws(APIError) -> Decoded {
    do {
        return try Decoded(serializedBytes: bytes)
    } catch {
        throw APIError(.invalidBody, "the message is not a valid \(Decoded.protoMessageName)")
    }
}

/// The serialised message.
func encode(_ message: some SwiftProtobuf.Message) -> [UInt8] {
    do {
        return try message.serializedBytes()
    } catch {
        // Serialising fails for required fields and messages over 2 GiB only: proto3 has no required
        // fields, and every byte string here passed a smaller bound.
        preconditionFailure("a proto3 message could not be serialised")
    }
}
