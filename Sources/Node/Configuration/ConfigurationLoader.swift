/// Puts the sources of a configuration together: file, environment and command line, in rising
/// precedence.
package enum ConfigurationLoader {
    /// The configuration of these sources, or one error that lists all that is wrong.
    /// - Parameters:
    ///   - path: a YAML file; nil for none.
    ///   - environment: the process's environment.
    ///   - settings: `key=value` pairs of the command line.
    ///   - flags: settings that have a flag of their own, by key.
    package static func load(
        path: String?, environment: [String: String], settings: [String], flags: [String: String]
    ) throws(ConfigurationError) -> NodeConfiguration {
        var problems: [String] = []
        var sources: [ConfigurationSource] = []
        if let path { sources.append(file(path, problems: &problems)) }
        let knownKeys = NodeConfiguration.knownKeys
        sources.append(ConfigurationSource(environment: environment, knownKeys: knownKeys))
        var values: [String: String] = [:]
        for setting in settings {
            let parts = setting.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 {
                values[String(parts[0])] = String(parts[1])
            } else {
                problems.append("--set \(setting): write it as key=value")
            }
        }
        values.merge(flags) { $1 }
        sources.append(ConfigurationSource(name: "the command line", values: values))
        problems += strays(environment, knownKeys)
        return try NodeConfiguration(sources: sources, problems: problems)
    }

    private static func file(_ path: String, problems: inout [String]) -> ConfigurationSource {
        do throws(BoundedFile.Failure) {
            let bytes = try BoundedFile.read(
                path, byteCountMax: NodeLimits.configurationByteCountMax)
            return ConfigurationSource(
                yaml: String(decoding: bytes, as: UTF8.self), name: "file \(path)",
                problems: &problems)
        } catch {
            problems.append(error.description)
            return ConfigurationSource(name: "file \(path)", values: [:])
        }
    }

    /// Variables that look like settings and are none: a misspelt one would be lost silently.
    private static func strays(_ environment: [String: String], _ knownKeys: [String]) -> [String] {
        let known = Set(knownKeys.map(ConfigurationSource.environmentName))
        let sections = Set(knownKeys.compactMap { $0.split(separator: ".").first?.uppercased() })
        return environment.keys.sorted().compactMap { name in
            let parts = name.split(separator: "_", maxSplits: 2)
            guard parts.count == 3, parts[0] == "TANDEM", sections.contains(String(parts[1])),
                !known.contains(name)
            else { return nil }
            return "the environment: there is no setting for \(name)"
        }
    }
}
