/// Everything an operator can set, read and checked before anything starts.
///
/// Keys are `section.name` in a YAML file, `TANDEM_SECTION_NAME` in the environment and
/// `--set section.name=value` on the command line, in rising precedence.
package struct NodeConfiguration: Sendable {
    package let dataDirectory: String
    package let api: APISettings
    package let jobs: JobSettings
    package let signatures: SignatureSettings
    package let execution: ExecutionSettings
    package let keys: KeySettings
    package let chain: ChainSettings?
    package let log: LogSettings

    /// Reads every section. What is wrong ends up in `reader.problems`.
    package init(_ reader: inout ConfigurationReader) {
        dataDirectory = reader.text("data.directory", default: "tandem-data")
        api = APISettings(&reader)
        jobs = JobSettings(&reader)
        signatures = SignatureSettings(&reader)
        execution = ExecutionSettings(&reader)
        keys = KeySettings(&reader)
        chain = ChainSettings(&reader)
        log = LogSettings(&reader)
        reader.reportUnknownKeys()
        if signatures.policy == .eip1271, chain == nil {
            reader.report("signatures.policy is eip1271, which needs chain.rpcURL")
        }
    }

    /// The configuration that these sources give, or one error that lists all that is wrong with it.
    package init(
        sources: [ConfigurationSource], problems: [String] = []
    ) throws(ConfigurationError) {
        var reader = ConfigurationReader(sources: sources, problems: problems)
        let configuration = NodeConfiguration(&reader)
        guard reader.problems.isEmpty else { throw ConfigurationError(problems: reader.problems) }
        self = configuration
    }

    /// Every key there is.
    package static var knownKeys: [String] {
        var reader = ConfigurationReader(sources: [])
        _ = NodeConfiguration(&reader)
        return reader.knownKeys.sorted()
    }
}

/// All that is wrong with a configuration.
package struct ConfigurationError: Error, CustomStringConvertible {
    package let problems: [String]

    package var description: String {
        "the configuration has \(problems.count) problem\(problems.count == 1 ? "" : "s"):\n"
            + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
