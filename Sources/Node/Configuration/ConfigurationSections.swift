package import Bytes

/// `api.*`: where the node listens and what it accepts there.
package struct APISettings: Sendable {
    /// REST, HTTP/2 and gRPC on one port; the default is the reference's REST address.
    package let listen: SocketEndpoint?
    /// A further address for gRPC; the default is the reference's.
    package let grpc: SocketEndpoint?
    /// A further address for /metrics and the health endpoints; the default is the reference's.
    package let metrics: SocketEndpoint?
    /// The numbering of JobResult in answers to GetResult.
    package let jobResultDialect: JobResultDialect
    package let bodyByteCountMax: Int
    package let elfByteCountMax: Int
    package let eventLoopCount: Int
    package let connectionCountPerAddressMax: Int

    package enum JobResultDialect: String, CaseIterable, Sendable { case a, b }

    init(_ reader: inout ConfigurationReader) {
        listen = reader.endpoint("api.listen", default: SocketEndpoint("127.0.0.1", 8080))
        grpc = reader.endpoint("api.grpc", default: SocketEndpoint("127.0.0.1", 50051))
        metrics = reader.endpoint("api.metrics", default: SocketEndpoint("127.0.0.1", 3001))
        jobResultDialect = reader.choice("api.jobResultDialect", default: .a)
        bodyByteCountMax = reader.count(
            "api.bodyByteCountMax", default: 8 << 20, in: 1024...(1 << 30))
        elfByteCountMax = reader.count(
            "api.elfByteCountMax", default: 32 << 20, in: 1024...(1 << 30))
        eventLoopCount = reader.count("api.eventLoops", default: 2, in: 1...256)
        connectionCountPerAddressMax = reader.count(
            "api.connectionsPerAddressMax", default: 1024, in: 1...1_000_000)
        if listen == nil && grpc == nil {
            reader.report("api.listen and api.grpc are both off: nobody could reach the node")
        }
    }
}

/// `jobs.*`: which jobs are accepted.
package struct JobSettings: Sendable {
    package let maxCyclesMax: UInt64
    package let onchainInputByteCountMax: Int
    package let offchainInputByteCountMax: Int
    package let queueCountMax: Int
    /// Seconds from acceptance until a job that has not run is EXPIRED; 0 for never.
    package let ttlSeconds: UInt64

    init(_ reader: inout ConfigurationReader) {
        maxCyclesMax = reader.number("jobs.maxCyclesMax", default: 1 << 36, in: 1...(1 << 62))
        onchainInputByteCountMax = reader.count(
            "jobs.onchainInputByteCountMax", default: 128 << 10, in: 0...(1 << 30))
        offchainInputByteCountMax = reader.count(
            "jobs.offchainInputByteCountMax", default: 4 << 20, in: 0...(1 << 30))
        queueCountMax = reader.count("jobs.queueMax", default: 100_000, in: 1...100_000_000)
        ttlSeconds = reader.number("jobs.ttlSeconds", default: 0, in: 0...(1 << 32))
    }
}

/// `signatures.*`: who may sign jobs for a consumer.
package struct SignatureSettings: Sendable {
    package let policy: Policy
    /// Signers by consumer, `signatures.allowlist: [0xconsumer=0xsigner, …]`.
    package let allowlist: [Address: [Address]]
    /// How long an answer of isValidSignature's contract is trusted, in seconds.
    package let cacheSeconds: UInt64

    /// `auto`: eip1271 with a chain, otherwise self and allowlist.
    package enum Policy: String, CaseIterable, Sendable {
        case auto, eip1271, allowlist
        case selfSigned = "self"
    }

    init(_ reader: inout ConfigurationReader) {
        policy = reader.choice("signatures.policy", default: .auto)
        allowlist =
            reader.parse(
                "signatures.allowlist", as: "a list of 0xconsumer=0xsigner", Self.allowlist) ?? [:]
        cacheSeconds = reader.number("signatures.cacheSeconds", default: 300, in: 0...86_400)
    }

    private static func allowlist(_ text: String) -> [Address: [Address]]? {
        var signers: [Address: [Address]] = [:]
        for entry in text.split(separator: ",") {
            let parts = entry.split(separator: "=").map { String($0.filter { $0 != " " }) }
            guard parts.count == 2, let consumer = Address(hex: parts[0]),
                let signer = Address(hex: parts[1])
            else { return nil }
            signers[consumer, default: []].append(signer)
        }
        return signers
    }
}

/// `execution.*`: how programs run.
package struct ExecutionSettings: Sendable {
    package let executors: Executors
    /// Jobs that wait in memory for an executor; more wait in the store.
    package let queueCountMax: Int
    /// A job that runs longer is killed.
    package let wallClockSecondsMax: UInt64
    /// What translations of programs may take on the disk; 0 to keep them in memory only.
    package let codeCacheByteCountMax: Int

    package enum Executors: Sendable, Equatable {
        case processes(Int)
        /// For debugging only: a guest that breaks the machine breaks the node.
        case inProcess
    }

    init(_ reader: inout ConfigurationReader, processorCount: Int = NodeLimits.processorCount) {
        executors =
            reader.parse("execution.executors", as: "a number from 1 to 256, or in-process") {
                if $0 == "in-process" { return Executors.inProcess }
                return Int($0).flatMap { (1...256).contains($0) ? .processes($0) : nil }
            } ?? .processes(processorCount)
        queueCountMax = reader.count("execution.queueMax", default: 256, in: 1...100_000)
        wallClockSecondsMax = reader.number(
            "execution.wallClockSecondsMax", default: 600, in: 1...86_400)
        codeCacheByteCountMax = reader.count(
            "execution.codeCacheByteCountMax", default: 1 << 30, in: 0...(1 << 40))
    }
}

/// `log.*`: how the node logs to standard error.
package struct LogSettings: Sendable {
    package let format: Format
    package let level: Level

    package enum Format: String, CaseIterable, Sendable { case text, json }
    package enum Level: String, CaseIterable, Sendable {
        case trace, debug, info, notice, warning, error, critical
    }

    init(_ reader: inout ConfigurationReader) {
        format = reader.choice("log.format", default: .text)
        level = reader.choice("log.level", default: .info)
    }
}
