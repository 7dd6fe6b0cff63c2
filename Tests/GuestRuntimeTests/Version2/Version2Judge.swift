import Bytes
import GuestRuntime
import TestSupport

/// The executor in Python, and outcomes as it prints them.
enum Version2Judge {
    /// What it says about a container with each limit.
    static func lines(
        _ file: [UInt8], _ input: GuestInput = GuestInput(), limits: [UInt64] = [1 << 20]
    ) throws -> [String] {
        try Version2Files.withFile(file) { path in
            try Version2Files.withFile(input.stdin) { stdin in
                try PythonOracle.lines(
                    "GuestRuntimeTests/Oracles/risc0_v2.py",
                    [path, stdin, input.randomSeed.hex] + limits.map(String.init))
            }
        }
    }

    /// An outcome as the Python executor prints it. Its words for failures are its own.
    static func text(_ outcome: GuestOutcome, failure: String = "failed") -> String {
        let status: String
        switch outcome.failure?.cause {
        case nil: status = "ok"
        case .cycleLimitExceeded: status = "limit"
        default: status = failure
        }
        return "\(status) \(outcome.cycles) \(outcome.instructions) "
            + "\(outcome.exitCode ?? 0) x\(Hex.encode(outcome.output)) "
            + "x\(Hex.encode(outcome.console))"
    }
}
