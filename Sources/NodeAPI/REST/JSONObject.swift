internal import EthereumCodec

/// The members of a flat JSON object: every request body of the REST face is one, and most answers.
///
/// Stricter than RFC 8259 where a lenient reading could be misunderstood: a name may occur once, members
/// may not be nested, and numbers are unsigned 64-bit integers.
package struct JSONObject: Sendable {
    /// A member's value.
    package enum Value: Equatable, Sendable {
        case string(String)
        case number(UInt64)
        case bool(Bool)
        case null
    }

    package let members: [(name: String, value: Value)]

    /// The members of the object that `body` spells.
    package init(parsing body: [UInt8]) throws(JSONObjectError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(
                parsing: body, byteCountMax: .max, depthMax: NodeAPILimits.jsonDepthMax)
        } catch .tooDeep {
            throw .tooDeep
        } catch {
            throw .notJSON(error.description)
        }
        guard case .object(let parsed) = value else { throw .notAnObject }
        guard parsed.count <= NodeAPILimits.jsonMemberCountMax else { throw .tooManyMembers }
        var members: [(name: String, value: Value)] = []
        for member in parsed {
            members.append((member.name, try Self.flat(member)))
        }
        self.members = members
    }

    /// The value of the member with this name.
    package subscript(name: String) -> Value? {
        members.first { $0.name == name }?.value
    }

    private static func flat(_ member: JSONMember) throws(JSONObjectError) -> Value {
        switch member.value {
        case .string(let text): return .string(text)
        case .bool(let flag): return .bool(flag)
        case .null: return .null
        case .array, .object: throw .nested(name: member.name)
        case .number:
            guard let number = member.value.asUInt64 else {
                throw .notAnUnsignedInteger(name: member.name)
            }
            return .number(number)
        }
    }
}

/// Why a request body is not a flat JSON object.
package enum JSONObjectError: Error, Equatable, CustomStringConvertible {
    case notJSON(String)
    case notAnObject
    case nested(name: String)
    case tooDeep
    case notAnUnsignedInteger(name: String)
    case tooManyMembers

    package var description: String {
        switch self {
        case .notJSON(let message): "the body is not valid JSON: \(message)"
        case .notAnObject: "the body must be a JSON object"
        case .nested(let name):
            "\(name) must be a string or a number, not an object or an array"
        case .tooDeep: "the body must be a flat JSON object; this one is nested"
        case .notAnUnsignedInteger(let name): "\(name) must be an integer from 0 to 2^64 - 1"
        case .tooManyMembers:
            "the body must have at most \(NodeAPILimits.jsonMemberCountMax) members"
        }
    }
}
