import Bytes
import GuestRuntime
import TestSupport
import Testing

/// The SDK's runtime and Swift module on both machines, against Python, hashlib and eth_hash.
@Suite struct GuestSDKTests {
    private static func cases(_ seed: String, _ count: String) throws -> [OracleCase] {
        try PythonOracle.lines("GuestProgramsTests/Oracles/runtime.py", [seed, count])
            .map(OracleCase.init)
    }

    @Test(arguments: GuestVM.allCases, ["Runtime.c", "Arithmetic.swift", "Language.swift"])
    func answersAsPython(vm: GuestVM, fixture: String) throws {
        let cases = try Self.cases("20261122", "40").filter { $0.program == fixture }
        #expect(!cases.isEmpty)
        for example in cases { try example.check(vm) }
    }

    /// Built without precompiles, hashes come out the same and make no hash calls.
    @Test(arguments: GuestVM.allCases)
    func hashesTheSameWithoutPrecompiles(vm: GuestVM) throws {
        let hashing = Set("skh".utf8)
        let cases = try Self.cases("20261123", "1").filter {
            $0.program == "Runtime.c" && $0.onchainInput.count == 1
                && hashing.contains($0.onchainInput[0]) && $0.offchainInput.count < 300
        }
        #expect(cases.count > 30)
        for example in cases { try example.check(vm, precompiles: false) }
        let example = try #require(cases.last)
        let (with, without) = (try example.run(vm), try example.run(vm, precompiles: false))
        #expect(without.instructions > with.instructions)
    }

    private static func run(_ operation: Character, _ vm: GuestVM) throws -> GuestOutcome {
        let input = GuestInput.job(
            vm: vm, onchainInput: Array(String(operation).utf8), offchainInput: nil, state: nil)
        return try GuestPrograms.program("Runtime.c", vm).run(input: input, maxCycles: 10_000_000)
    }

    @Test(arguments: GuestVM.allCases)
    func endsAsTheProgramMeans(vm: GuestVM) throws {
        let failure = vm == .sp1 ? GuestFailure.Cause.nonZeroExit : .guestPanicked
        #expect(try Self.run("f", vm).failure?.cause == failure)
        #expect(try Self.run("?", vm).failure?.cause == failure)
        #expect(try Self.run("o", vm).failure?.cause == failure)
        #expect(try Self.run("t", vm).failure?.cause == .illegalInstruction)
        // The stack has 2 MiB, and nothing below it to run into.
        #expect(try Self.run("r", vm).failure?.cause == .invalidMemoryAccess)
        #expect(try Self.run("n", vm).status == .succeeded)
        #expect(try Self.run("n", vm).output.isEmpty)
    }

    @Test(arguments: GuestVM.allCases)
    func printsToTheLog(vm: GuestVM) throws {
        let outcome = try Self.run("p", vm)
        #expect(outcome.console.starts(with: Array("grün\n".utf8)))
        #expect(outcome.output.isEmpty)
        let reason = try Self.run("f", vm)
        let told = reason.console + Array("\(reason.failure?.detail ?? "")".utf8)
        #expect(String(decoding: told, as: UTF8.self).contains("as asked"))
    }
}
