import Bytes
import Testing

@testable import Node

@Suite struct NodeConfigurationTests {
    private func load(
        yaml: String = "", environment: [String: String] = [:], line: [String: String] = [:]
    ) throws(ConfigurationError) -> NodeConfiguration {
        var problems: [String] = []
        let file = ConfigurationSource(yaml: yaml, name: "file", problems: &problems)
        let variables = ConfigurationSource(
            environment: environment, knownKeys: NodeConfiguration.knownKeys)
        let flags = ConfigurationSource(name: "the command line", values: line)
        return try NodeConfiguration(sources: [file, variables, flags], problems: problems)
    }

    @Test func defaultsAreThoseOfTheReferenceAndTheDesign() throws {
        let configuration = try load()
        #expect(configuration.api.listen == SocketEndpoint("127.0.0.1", 8080))
        #expect(configuration.api.grpc == SocketEndpoint("127.0.0.1", 50051))
        #expect(configuration.api.metrics == SocketEndpoint("127.0.0.1", 3001))
        #expect(configuration.api.bodyByteCountMax == 8 << 20)
        #expect(configuration.api.elfByteCountMax == 32 << 20)
        #expect(configuration.jobs.maxCyclesMax == 1 << 36)
        #expect(configuration.jobs.offchainInputByteCountMax == 4 << 20)
        #expect(configuration.jobs.onchainInputByteCountMax == 128 << 10)
        #expect(configuration.jobs.queueCountMax == 100_000)
        #expect(configuration.execution.codeCacheByteCountMax == 1 << 30)
        #expect(configuration.chain == nil)
    }

    @Test func laterSourcesWin() throws {
        let yaml = "api:\n  listen: 1.1.1.1:1\n  grpc: 1.1.1.1:1\n  metrics: 1.1.1.1:1\n"
        let configuration = try load(
            yaml: yaml,
            environment: ["TANDEM_API_GRPC": "2.2.2.2:2", "TANDEM_API_METRICS": "2.2.2.2:2"],
            line: ["api.metrics": "off"])
        #expect(configuration.api.listen == SocketEndpoint("1.1.1.1", 1))
        #expect(configuration.api.grpc == SocketEndpoint("2.2.2.2", 2))
        #expect(configuration.api.metrics == nil)
    }

    @Test func everythingThatIsWrongIsToldAtOnce() throws {
        let yaml = "api:\n  listen: nowhere\njobs:\n  maxcyclesmax: 3\nlog: {level: loud}\n"
        let error = try #require(throws: ConfigurationError.self) {
            try load(yaml: yaml, line: ["jobs.queueMax": "0", "chain.jobManager": "0x12"])
        }
        let text = error.description
        for expected in [
            "file: api.listen is 'nowhere' but must be host:port, or off",
            "file: log.level is 'loud'",
            "file: there is no setting jobs.maxcyclesmax; did you mean jobs.maxCyclesMax?",
            "the command line: jobs.queueMax is '0'",
            "the command line: chain.jobManager is '0x12' but must be an address",
        ] {
            #expect(text.contains(expected), "\(text)")
        }
        #expect(error.problems.count == 5)
    }

    @Test(arguments: [
        ("chain.rpcURL is set, but chain.jobManager is not", ["chain.rpcURL": "http://x"]),
        ("which needs chain.rpcURL", ["signatures.policy": "eip1271"]),
        ("keys.operator: set either", ["keys.operatorKeystoreFile": "x"]),
        ("nobody could reach the node", ["api.listen": "off", "api.grpc": "off"]),
    ])
    func settingsThatDoNotFitTogether(message: String, line: [String: String]) throws {
        let error = try #require(throws: ConfigurationError.self) { try load(line: line) }
        #expect(error.description.contains(message))
    }

    @Test func filesThatAreNotSettings() throws {
        for yaml in ["a: [", "a: &x 1\nb: *y\n", "a: {b: {c: {d: {e: {f: 1}}}}}"] {
            #expect(throws: ConfigurationError.self) { try load(yaml: yaml) }
        }
    }

    @Test(arguments: [
        ("0", 0), ("2^36", 1 << 36), ("8MiB", 8 << 20), ("4KiB", 4096), ("1GiB", 1 << 30),
        ("1_000", 1000), ("0x10", 16),
    ])
    func numbers(text: String, expected: UInt64) {
        #expect(ConfigurationReader.number(text) == expected)
    }

    @Test(arguments: ["", "-1", "2^64", "1.5", "8MB", "99999999999GiB", "0xg", "2^"])
    func whatIsNoNumber(text: String) {
        #expect(ConfigurationReader.number(text) == nil)
    }

    @Test func allowlistsNameSignersByConsumer() throws {
        let consumer = "0x" + String(repeating: "aa", count: 20)
        let signer = "0x" + String(repeating: "bb", count: 20)
        let configuration = try load(
            yaml: "signatures:\n  allowlist: [\"\(consumer)=\(signer)\"]\n")
        let address = try #require(Address(hex: consumer))
        #expect(
            configuration.signatures.allowlist == [address: [try #require(Address(hex: signer))]])
    }

    @Test func environmentNames() {
        #expect(ConfigurationSource.environmentName(of: "api.listen") == "TANDEM_API_LISTEN")
        #expect(ConfigurationSource.environmentName(of: "chain.rpcURL") == "TANDEM_CHAIN_RPC_URL")
        #expect(
            ConfigurationSource.environmentName(of: "api.bodyByteCountMax")
                == "TANDEM_API_BODY_BYTE_COUNT_MAX")
        let names = NodeConfiguration.knownKeys.map(ConfigurationSource.environmentName)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: [
        ("1.2.3.4:5", "1.2.3.4", 5), ("[::1]:80", "::1", 80), (":9", "0.0.0.0", 9),
        ("localhost:0", "localhost", 0),
    ])
    func endpoints(text: String, host: String, port: UInt16) {
        #expect(SocketEndpoint(text) == SocketEndpoint(host, port))
    }

    @Test(arguments: ["", "host", "host:", "host:65536", "host:x"])
    func whatIsNoEndpoint(text: String) {
        #expect(SocketEndpoint(text) == nil)
    }
}
