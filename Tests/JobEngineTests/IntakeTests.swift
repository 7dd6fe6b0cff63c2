import Bytes
import EthCrypto
import EthereumCodec
import JobEngine
import TestSupport
import Testing

struct IntakeTests {
    private let limits = JobEngineLimits()

    private func refusal(
        _ submission: JobSubmission, limits: JobEngineLimits = JobEngineLimits()
    ) -> IntakeError? {
        do throws(IntakeError) {
            _ = try Intake.examine(submission, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: RequestDialect.allCases)
    func aGoodRequestIsTaken(_ dialect: RequestDialect) throws {
        let state: [UInt8] = dialect == .a ? [7, 7] : []
        let request = SampleJobs.request(
            nonce: 42, dialect: dialect, offchainInput: [5], state: state)
        let submission = try SampleJobs.submission(request, offchainInput: [5], state: state)
        let candidate = try Intake.examine(submission, limits: limits)
        #expect(candidate.identity.id == request.jobID)
        #expect(candidate.identity.signer == (try SampleJobs.key().address))
        #expect(candidate.identity.origin == (dialect == .a ? .offchainA : .offchainB))
        #expect(candidate.onchainInput == request.onchainInput)
        #expect(candidate.inputs == JobInputs(offchainInput: [5], state: state))
        #expect(candidate.request.encoded == submission.request)
    }

    @Test func everyFormOfASignatureIsKeptInOneForm() throws {
        var submission = try SampleJobs.submission(SampleJobs.request())
        let long = submission.signature
        let signature = try RecoverableSignature(parsing: long)
        for form in [
            long, signature.bytes64, Array(long.prefix(64)) + [signature.recoveryID],
        ] {
            submission.signature = form
            let candidate = try Intake.examine(submission, limits: limits)
            #expect(candidate.request.signature == long)
            #expect(candidate.identity.signer == (try SampleJobs.key().address))
        }
    }

    @Test func eachBrokenRuleIsNamed() throws {
        let good = try SampleJobs.submission(SampleJobs.request())
        func changed(_ change: (inout OffchainJobRequest) -> Void) throws -> JobSubmission {
            var request = SampleJobs.request()
            change(&request)
            return try SampleJobs.submission(request)
        }
        var broken: [(IntakeReason, JobSubmission)] = [
            (.maxCyclesZero, try changed { $0.maxCycles = 0 }),
            (.maxCyclesTooHigh, try changed { $0.maxCycles = limits.maxCyclesMax + 1 }),
            (.programIDInvalid, try changed { $0.programID = [] }),
            (.programIDInvalid, try changed { $0.programID = [UInt8](repeating: 1, count: 31) }),
            (.programIDInvalid, try changed { $0.programID = [UInt8](repeating: 1, count: 33) }),
            (.offchainInputHashMismatch, try changed { $0.offchainInputHash = .zero }),
            (.stateHashMismatch, try changed { $0.stateHash = .zero }),
        ]
        func edited(_ reason: IntakeReason, _ change: (inout JobSubmission) -> Void) {
            var submission = good
            change(&submission)
            broken.append((reason, submission))
        }
        edited(.invalidRequestEncoding) { $0.request = [] }
        edited(.invalidRequestEncoding) { $0.request.append(0) }
        edited(.invalidRequestEncoding) { $0.request.removeLast() }
        edited(.offchainInputHashMismatch) { $0.offchainInput = [1] }
        edited(.stateHashMismatch) { $0.state = [1] }
        edited(.signatureEmpty) { $0.signature = [] }
        edited(.signatureInvalid) { $0.signature.removeLast(2) }
        edited(.signatureInvalid) { $0.signature[64] = 29 }
        edited(.signatureInvalid) { $0.signature = [UInt8](repeating: 0, count: 65) }
        edited(.signatureHighS) { $0.signature[32] = 0xf0 }
        edited(.requestTooLarge) {
            $0.offchainInput = [UInt8](repeating: 0, count: (4 << 20) + 1)
        }
        edited(.requestTooLarge) { $0.state = [UInt8](repeating: 0, count: (4 << 20) + 1) }
        edited(.requestTooLarge) { $0.request = [UInt8](repeating: 0, count: (256 << 10) + 1) }
        for (reason, submission) in broken {
            let error = refusal(submission)
            #expect(error?.reason == reason, "\(String(describing: error))")
            #expect(error?.description.isEmpty == false)
        }
        #expect(refusal(good) == nil)
    }

    @Test func stateForARequestWithoutItsHashIsRefused() throws {
        let request = SampleJobs.request(dialect: .b)
        let submission = try SampleJobs.submission(request, state: [1])
        #expect(refusal(submission) == .stateNotExpected(byteCount: 1))
    }

    @Test func limitsAreInclusive() throws {
        var limits = JobEngineLimits()
        limits.maxCyclesMax = 1_000_000
        limits.onchainInputByteCountMax = 3
        limits.offchainInputByteCountMax = 4
        let request = SampleJobs.request(offchainInput: [1, 2, 3, 4])
        let submission = try SampleJobs.submission(request, offchainInput: [1, 2, 3, 4])
        limits.requestByteCountMax = submission.request.count
        #expect(refusal(submission, limits: limits) == nil)
        limits.onchainInputByteCountMax = 2
        #expect(
            refusal(submission, limits: limits)
                == .tooLarge(.onchainInput, byteCount: 3, byteCountMax: 2))
        limits.onchainInputByteCountMax = 3
        limits.requestByteCountMax -= 1
        #expect(refusal(submission, limits: limits)?.reason == .requestTooLarge)
    }

    /// The order of the reference: encoding, max cycles, signature, program id, off-chain input.
    @Test func theFirstBrokenRuleOfTheReferenceIsNamed() throws {
        var request = SampleJobs.request()
        request.maxCycles = 0
        request.programID = []
        request.offchainInputHash = .zero
        var submission = try SampleJobs.submission(request)
        submission.signature = []
        let encoded = submission.request
        submission.request.append(1)
        #expect(refusal(submission)?.reason == .invalidRequestEncoding)
        submission.request = encoded
        #expect(refusal(submission) == .maxCyclesZero)
        request.maxCycles = 1
        submission.request = request.encoded()
        #expect(refusal(submission) == .signatureEmpty)
        submission.signature = [1]
        #expect(refusal(submission) == .programIDInvalid(byteCount: 0))
        request.programID = SampleJobs.programID.bytes
        submission.request = request.encoded()
        #expect(refusal(submission)?.reason == .offchainInputHashMismatch)
    }

    @Test func everyReasonIsUsed() {
        #expect(Set(IntakeReason.allCases.map(\.rawValue)).count == IntakeReason.allCases.count)
        for reason in IntakeReason.allCases {
            #expect(reason.rawValue.allSatisfy { $0.isUppercase || $0 == "_" })
        }
    }

    @Test func randomBytesNeverTrap() throws {
        var random = SeededRandom(seed: 21)
        let good = try SampleJobs.submission(SampleJobs.request())
        for _ in 0..<3_000 {
            var submission = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: submission.request.indices, using: &random)
                submission.request[index] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                submission.request.removeLast(Int.random(in: 0...40, using: &random))
            }
            submission.signature = random.bytes(Int.random(in: 0...66, using: &random))
            _ = refusal(submission)
        }
    }
}
