import Bytes
import GuestRuntime
import Synchronization
import TestSupport
import Testing

@testable import tandem

/// Guests that compare what every precompile, hook and SDK function answers with what Python's
/// integers, cryptography, coincurve and py_ecc say, and end at the first difference.
@Suite struct SelfCheckingGuestTests {
    /// The lines of an oracle, for the guest in the line or for another that takes the same cases.
    private static func cases(
        _ oracle: String, _ arguments: [String], guest: String? = nil
    ) throws -> [OracleCase] {
        try lines(oracle, arguments).map { line in
            guard let guest, let space = line.firstIndex(of: " ") else {
                return try OracleCase(line)
            }
            return try OracleCase(guest + line[space...])
        }
    }

    /// What an oracle says, which is asked once for each list of arguments.
    private static func lines(_ oracle: String, _ arguments: [String]) throws -> [String] {
        try known.withLock { known in
            let question = [oracle] + arguments
            if let lines = known[question] { return lines }
            let lines = try PythonOracle.lines(
                "GuestProgramsTests/Oracles/\(oracle).py", arguments)
            known[question] = lines
            return lines
        }
    }

    private static let known = Mutex<[[String]: [String]]>([:])

    private static func run(
        _ example: OracleCase, _ vm: GuestVM, _ engine: Engine, precompiles: Bool = true
    ) throws -> GuestOutcome {
        try GuestPrograms.program(example.program, vm, precompiles: precompiles)
            .run(input: example.input(vm), maxCycles: 1 << 32, engine: engine)
    }

    /// Runs all cases. A guest that found a difference says which one in what it printed.
    private static func check(
        _ examples: [OracleCase], _ vm: GuestVM, _ engine: Engine, precompiles: Bool = true
    ) throws {
        #expect(!examples.isEmpty)
        for example in examples {
            let outcome = try run(example, vm, engine, precompiles: precompiles)
            let said = String(decoding: outcome.console, as: UTF8.self)
            let failure = outcome.failure.map { "\($0)" } ?? ""
            #expect(outcome.output == example.output, "\(vm.name) \(failure)\n\(said)")
        }
    }

    @Test(arguments: Engine.allCases) func sp1Precompiles(engine: Engine) throws {
        for seed in ["1", "2"] {
            try Self.check(Self.cases("sp1_precompile_cases", [seed, "6"]), .sp1, engine)
        }
    }

    @Test(arguments: Engine.allCases) func sp1HooksAndUnconstrainedBlocks(engine: Engine) throws {
        for seed in ["1", "2"] {
            try Self.check(Self.cases("sp1_hook_cases", [seed, "6"]), .sp1, engine)
        }
    }

    @Test(arguments: Engine.allCases) func riscZeroAcceleratorsAndChildren(engine: Engine) throws {
        for seed in ["1", "2"] {
            try Self.check(Self.cases("risc0_cases", [seed, "5"]), .risc0, engine)
        }
    }

    @Test(arguments: GuestVM.allCases, ["Numbers.c", "Cryptography.swift"])
    func numbers(vm: GuestVM, guest: String) throws {
        let cases = try Self.cases("number_cases", ["3", "3", "small"], guest: guest)
        try Self.check(cases, vm, .translator)
    }

    @Test(arguments: GuestVM.allCases, ["Points.c", "Cryptography.swift"])
    func points(vm: GuestVM, guest: String) throws {
        let cases = try Self.cases("point_cases", ["4", "1"], guest: guest)
        try Self.check(cases, vm, .translator)
    }

    @Test(arguments: GuestVM.allCases, ["Signatures.c", "Cryptography.swift"])
    func signatures(vm: GuestVM, guest: String) throws {
        let cases = try Self.cases("signature_cases", ["5", "1"], guest: guest)
        try Self.check(cases, vm, .translator)
    }

    /// Built without precompiles, everything comes out the same.
    @Test func numbersWithoutPrecompiles() throws {
        let cases = try Self.cases("number_cases", ["6", "1", "small"])
        try Self.check(cases, .sp1, .translator, precompiles: false)
    }

    /// What breaks a precompile's own rules fails the job, and says so.
    @Test(arguments: Engine.allCases) func brokenRulesFailTheJob(engine: Engine) throws {
        let cases = try Self.cases("refused_cases", ["7"])
        #expect(cases.count == 20)
        for example in cases {
            let vm = example.program.hasPrefix("RISCZero") ? GuestVM.risc0 : .sp1
            let outcome = try Self.run(example, vm, engine)
            let name = String(decoding: example.offchainInput.prefix(32), as: UTF8.self)
            #expect(outcome.failure?.cause == .invalidSyscall, "\(name) \(outcome.status)")
        }
    }

    /// The constants in the SDK are what the scripts that made them make.
    @Test(
        arguments: [
            ("tables.c", "curve_tables.py", []),
            ("windows_secp256k1.c", "curve_windows.py", ["secp256k1"]),
            ("windows_ed25519.c", "curve_windows.py", ["ed25519"]),
        ] as [(String, String, [String])])
    func curveTablesAreAsGenerated(file: String, script: String, arguments: [String]) throws {
        let lines = try PythonOracle.lines("GuestProgramsTests/Oracles/\(script)", arguments)
        let path = PythonOracle.packageRoot.path + "/Sources/GuestSDK/Runtime/Curves/\(file)"
        let text = String(decoding: try LocalFiles.read(path), as: UTF8.self)
        #expect(text.split(separator: "\n").map(String.init) == lines)
    }
}
