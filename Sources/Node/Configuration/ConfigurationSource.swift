internal import Yams

/// Settings from one place: a file, the environment or the command line. Keys are dotted paths such as
/// `api.listen`; values are text.
package struct ConfigurationSource: Sendable {
    /// How an error names the place, such as `file node.yaml`.
    package let name: String

    package private(set) var values: [String: String]

    /// Settings that were collected elsewhere.
    package init(name: String, values: [String: String]) {
        self.name = name
        self.values = values
    }

    /// The settings of a YAML file: mappings of mappings of scalars. A sequence of scalars is one value,
    /// its elements joined by commas. Problems that are found are appended to `problems`.
    package init(yaml text: String, name: String, problems: inout [String]) {
        self.init(name: name, values: [:])
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            collect(root, path: "", depth: 0, problems: &problems)
        } catch {
            problems.append("\(name) is not YAML: \(error)")
        }
    }

    /// The settings among environment variables: `TANDEM_API_LISTEN` is `api.listen`. Case and
    /// underscores are settled against the known keys.
    package init(environment: [String: String], knownKeys: [String]) {
        self.init(name: "the environment", values: [:])
        for key in knownKeys {
            if let value = environment[Self.environmentName(of: key)] {
                values[key] = value
            }
        }
    }

    /// The environment variable of a key: `api.bodyByteCountMax` is `TANDEM_API_BODY_BYTE_COUNT_MAX`.
    package static func environmentName(of key: String) -> String {
        var name = "TANDEM_"
        var previousIsLower = false
        for character in key {
            if character == "." {
                name += "_"
            } else {
                if character.isUppercase && previousIsLower { name += "_" }
                name += character.uppercased()
            }
            previousIsLower = character.isLowercase || character.isNumber
        }
        return name
    }

    private mutating func collect(
        _ node: Node, path: String, depth: Int, problems: inout [String]
    ) {
        guard depth <= NodeLimits.configurationDepthMax else {
            problems.append("\(name): \(path) is nested too deeply")
            return
        }
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                let keyText = key.string ?? ""
                let childPath = path.isEmpty ? keyText : path + "." + keyText
                collect(value, path: childPath, depth: depth + 1, problems: &problems)
            }
        case .sequence(let sequence):
            values[path] = sequence.compactMap(\.string).joined(separator: ",")
        case .scalar(let scalar):
            values[path] = scalar.string
        case .alias:
            problems.append("\(name): \(path) is an alias; write the value out")
        }
    }
}
