import Bytes
import Foundation
import JobEngine
import JobStore
import TestSupport
import Testing

/// A process that works on a store is killed at random moments, again and again; what it had
/// acknowledged must be there, each time.
struct CrashTests {
    private static let roundCount = 12

    /// What the log says, over all rounds.
    private struct Acknowledged {
        /// Request hash by consumer and nonce.
        var requests: [String: String] = [:]
        var jobIDs: [String: String] = [:]
        var lastStatus: [String: String] = [:]
        var lineCount = 0
    }

    @Test(.timeLimit(.minutes(5)))
    func killedAtAnyMomentTheStoreKeepsItsWord() throws {
        let fixture = try StoreFixture()
        let log = fixture.path + ".log"
        defer { try? FileManager.default.removeItem(atPath: log) }
        var random = SeededRandom(seed: 51)
        var acceptedCounts: [Int] = []
        for round in 1...Self.roundCount {
            let milliseconds = Int.random(in: 20...500, using: &random)
            try runAndKill(fixture.path, log, seed: round, afterMilliseconds: milliseconds)
            let acknowledged = try read(log)
            acceptedCounts.append(acknowledged.jobIDs.count)
            try compare(acknowledged, fixture, round: round)
        }
        #expect(acceptedCounts.last ?? 0 > 500, "too little work was done: \(acceptedCounts)")
        #expect(acceptedCounts == acceptedCounts.sorted())
    }

    private func runAndKill(
        _ path: String, _ log: String, seed: Int, afterMilliseconds milliseconds: Int
    ) throws {
        let process = Process()
        process.executableURL = try Self.probe()
        process.arguments = ["crash", path, log, String(seed)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // The first line says that the store is open; the clock starts then.
        #expect(!output.fileHandleForReading.availableData.isEmpty, "the probe did not open")
        usleep(UInt32(milliseconds) * 1_000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal, "the probe ended by itself")
    }

    /// The probe is built beside the tests.
    static func probe() throws -> URL {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let candidates =
            [own.deletingLastPathComponent()]
            + Bundle.allBundles.map {
                $0.bundleURL.deletingLastPathComponent()
            } + [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
        return try #require(
            candidates.map { $0.appendingPathComponent("JobStoreProbe") }
                .first { FileManager.default.isExecutableFile(atPath: $0.path) },
            "JobStoreProbe is not built; looked in \(candidates.map(\.path))")
    }

    private func read(_ log: String) throws -> Acknowledged {
        var acknowledged = Acknowledged()
        let text = try String(contentsOfFile: log, encoding: .utf8)
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ").map(String.init)
            acknowledged.lineCount += 1
            if fields[0] == "A" {
                let nonce = fields[2] + "/" + fields[1]
                let first = acknowledged.requests[nonce]
                #expect(first == nil || first == fields[3], "the nonce \(nonce) is used twice")
                acknowledged.requests[nonce] = fields[3]
                acknowledged.jobIDs[fields[4]] = fields[3]
            } else {
                acknowledged.lastStatus[fields[1]] = fields[2]
            }
        }
        return acknowledged
    }

    private func compare(
        _ acknowledged: Acknowledged, _ fixture: StoreFixture, round: Int
    ) throws {
        let report = try fixture.check()
        #expect(report.violations == [], "round \(round)")
        let store = try fixture.open()
        defer { store.close() }
        #expect(store.recovery.jobCount >= acknowledged.jobIDs.count)
        for (text, request) in acknowledged.jobIDs {
            let id = try #require(JobID(hex: text))
            let view = try #require(try store.job(id), "round \(round): lost \(text)")
            #expect(view.record.requestHash.description == request)
            if let logged = acknowledged.lastStatus[text] {
                #expect(
                    Self.canFollow(view.status.name, logged),
                    "round \(round): \(text) was \(logged) and is \(view.status.name)")
            }
        }
    }

    /// Whether a job that was acknowledged with one status may be found with another: the probe may
    /// have gone on before it was killed.
    private static func canFollow(_ status: String, _ logged: String) -> Bool {
        switch logged {
        case "DONE": status == "DONE" || status == "RELAYED"
        case "PENDING": true
        default: status == logged
        }
    }
}
