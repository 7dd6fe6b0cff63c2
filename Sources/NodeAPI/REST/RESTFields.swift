internal import Bytes
internal import JobEngine

/// The members of a request body under the names of Proto/, read by type. Every error names the member
/// and what it must be. A member that is missing or null reads as empty or zero, as in proto3.
struct RESTFields {
    private let object: JSONObject

    /// The fields of a JSON body. In the `tandem` style, members outside `known` are refused: a name
    /// that is misspelt would otherwise read as empty.
    init(
        _ request: RESTRequest, style: RESTStyle, known: Set<String>
    ) throws(APIError) {
        do throws(JSONObjectError) {
            object = try JSONObject(parsing: request.body)
        } catch {
            throw APIError(.invalidBody, error.description)
        }
        if case .tandem = style,
            let stray = object.members.first(where: { !known.contains($0.name) })
        {
            let names = known.sorted().joined(separator: ", ")
            throw APIError(.invalidField, "\(stray.name) is unknown; the members are \(names)")
        }
    }

    /// A byte string in hexadecimal.
    func bytes(_ name: String) throws(APIError) -> [UInt8] {
        switch object[name] {
        case nil, .null: return []
        case .string(let text):
            if let bytes = Hex.decode(text) { return bytes }
        case .number, .bool: break
        }
        throw APIError(
            .invalidField, "\(name) must be a string of hexadecimal digits, two for each byte")
    }

    /// An unsigned integer, as a number or in quotes.
    func number(_ name: String) throws(APIError) -> UInt64 {
        switch object[name] {
        case nil, .null: return 0
        case .number(let number): return number
        case .string(let text):
            if let number = UInt64(text) { return number }
        case .bool: break
        }
        throw APIError(.invalidField, "\(name) must be an integer from 0 to 2^64 - 1")
    }

    /// The text of a member; nil when it is missing.
    func text(_ name: String) -> String? {
        guard case .string(let text) = object[name] else { return nil }
        return text
    }

    /// A machine, by number or by name.
    func vm(_ name: String) throws(APIError) -> ProgramVM {
        if let text = text(name), let vm = ProgramVM(name: text) { return vm }
        if let vm = UInt8(exactly: try number(name)).flatMap(ProgramVM.init(rawValue:)) {
            return vm
        }
        throw APIError(.invalidField, "\(name) must be 0 (risc0) or 1 (sp1)")
    }

    /// A relay strategy, by number or by name.
    func relayStrategy(_ name: String) throws(APIError) -> RelayStrategy {
        switch text(name)?.lowercased() {
        case "unordered": return .unordered
        case "ordered": return .ordered
        default: break
        }
        let number = UInt8(exactly: try number(name))
        if let strategy = number.flatMap(RelayStrategy.init(rawValue:)) { return strategy }
        throw APIError(.invalidField, "\(name) must be 0 (unordered) or 1 (ordered)")
    }
}

/// Identifiers in paths.
enum RESTPathRules {
    static func bytes(_ text: String, of name: String) throws(APIError) -> [UInt8] {
        guard let bytes = Hex.decode(text) else {
            throw APIError(.invalidField, "the \(name) in the path must be hexadecimal")
        }
        return bytes
    }
}
