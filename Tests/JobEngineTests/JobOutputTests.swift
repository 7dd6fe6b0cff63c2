import Bytes
import EthCrypto
import EthereumCodec
import JobEngine
import TestSupport
import Testing

struct JobOutputTests {
    /// eth-abi encodes the tuple, eth-account signs it: both must come out the same, byte for byte.
    @Test func resultsAreThoseOfTheOracle() throws {
        var random = SeededRandom(seed: 31)
        let key = try SampleJobs.key(77)
        var lines: [String] = []
        var outputs: [JobOutput] = []
        for index in 0..<60 {
            let dialect: RequestDialect = index % 2 == 0 ? .a : .b
            let request = SampleJobs.request(
                nonce: random.next(), dialect: dialect, onchainInput: random.bytes(index))
            let candidate = try Intake.examine(
                SampleJobs.submission(request), limits: JobEngineLimits())
            let record = JobRecord(candidate.identity, sequence: 0, at: 0, expiresAt: nil)
            let programOutput = random.bytes(index * 3)
            let output = JobOutput(
                of: record, onchainInput: candidate.onchainInput, programOutput: programOutput,
                operatorKey: key)
            outputs.append(output)
            #expect(output.programOutput(of: record) == programOutput)
            let fields = [
                dialect == .a ? "a" : "b", String(request.nonce), request.consumer.hex,
                String(request.maxCycles), Hex.encode(request.programID),
                Hex.encode(request.onchainInput), "", "", Hex.encode(programOutput),
            ]
            lines.append(fields.joined(separator: ","))
        }
        let answers = try PythonOracle.lines(
            "JobEngineTests/Oracles/results.py",
            [Hex.encode([UInt8](repeating: 0, count: 31) + [77])],
            input: lines.joined(separator: "\n"))
        #expect(answers.count == outputs.count)
        for (answer, output) in zip(answers, outputs) {
            let parts = answer.split(separator: " ").map(String.init)
            #expect(parts[0] == Hex.encode(output.resultWithMetadata), "seed 31")
            #expect(parts[1] == Hex.encode(output.operatorSignature), "seed 31")
            #expect(parts[2] == output.operatorAddress.hex, "seed 31")
        }
    }

    @Test func onchainJobsGetTheirOwnForm() throws {
        var identity = try SampleJobs.candidate().identity
        identity.origin = .onchain
        identity.stateHash = nil
        let record = JobRecord(identity, sequence: 0, at: 0, expiresAt: nil)
        let output = JobOutput(
            of: record, onchainInput: [1], programOutput: [9], operatorKey: try SampleJobs.key())
        let decoded = try ResultWithMetadata(decoding: output.resultWithMetadata)
        #expect(decoded.jobID == record.id)
        #expect(decoded.onchainInputHash == Keccak256.hash([1]))
        #expect(decoded.result == [9])
        #expect(output.violation(of: record, onchainInput: [1], expectedOperator: nil) == nil)
    }

    @Test func whatIsNotTheResultOfTheJobIsFound() throws {
        let record = try SampleJobs.record()
        let key = try SampleJobs.key(5)
        let good = JobOutput(
            of: record, onchainInput: [1, 2, 3], programOutput: [4], operatorKey: key)
        func violation(_ output: JobOutput, onchainInput: [UInt8] = [1, 2, 3]) -> String? {
            output.violation(
                of: record, onchainInput: onchainInput, expectedOperator: key.address)
        }
        #expect(violation(good) == nil)
        #expect(violation(good, onchainInput: [1]) != nil)
        let other = try SampleJobs.record(nonce: 2)
        #expect(good.violation(of: other, onchainInput: [1, 2, 3], expectedOperator: nil) != nil)
        let foreign = JobOutput(
            of: record, onchainInput: [1, 2, 3], programOutput: [4],
            operatorKey: try SampleJobs.key(6))
        #expect(violation(foreign)?.contains("signed by") == true)
        for index in good.resultWithMetadata.indices {
            var bytes = good.resultWithMetadata
            bytes[index] ^= 1
            let damaged = JobOutput(
                resultWithMetadata: bytes, operatorSignature: good.operatorSignature,
                operatorAddress: good.operatorAddress)
            #expect(violation(damaged) != nil, "byte \(index)")
        }
        for index in good.operatorSignature.indices {
            var bytes = good.operatorSignature
            bytes[index] ^= 1
            let damaged = JobOutput(
                resultWithMetadata: good.resultWithMetadata, operatorSignature: bytes,
                operatorAddress: good.operatorAddress)
            #expect(violation(damaged) != nil, "byte \(index)")
        }
    }
}
