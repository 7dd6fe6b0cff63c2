internal import Bytes
internal import EthCrypto
internal import EthereumCodec

/// The rules that a submission must keep by itself (DESIGN.md section 4). Pure, and safe to call
/// from any thread; the cost is that of the hashes and one signature recovery.
package enum Intake {
    /// Checks a submission; throws the first rule that it breaks. Sizes come first, then the order
    /// of the reference (reference/infinityvm.md), then what the reference does not check.
    package static func examine(
        _ submission: JobSubmission, limits: JobEngineLimits
    ) throws(IntakeError) -> JobCandidate {
        try checkSizes(submission, limits)
        let request = try decode(submission.request)
        try checkMaxCycles(request.maxCycles, limits)
        guard !submission.signature.isEmpty else { throw .signatureEmpty }
        guard let programID = ProgramID(request.programID) else {
            throw .programIDInvalid(byteCount: request.programID.count)
        }
        try check(
            request.onchainInput.count, of: .onchainInput, atMost: limits.onchainInputByteCountMax)
        try checkHashes(request, submission)
        let digest = EIP191.digest(submission.request)
        let (signature, signer) = try recoverSigner(submission.signature, digest)
        return candidate(
            submission, request, programID, digest: digest, signature: signature, signer: signer)
    }

    private static func checkSizes(
        _ submission: JobSubmission, _ limits: JobEngineLimits
    ) throws(IntakeError) {
        try check(submission.request.count, of: .request, atMost: limits.requestByteCountMax)
        try check(
            submission.offchainInput.count, of: .offchainInput,
            atMost: limits.offchainInputByteCountMax)
        try check(submission.state.count, of: .state, atMost: limits.stateByteCountMax)
    }

    private static func check(
        _ byteCount: Int, of field: IntakeError.Field, atMost byteCountMax: Int
    ) throws(IntakeError) {
        guard byteCount <= byteCountMax else {
            throw .tooLarge(field, byteCount: byteCount, byteCountMax: byteCountMax)
        }
    }

    private static func decode(_ bytes: [UInt8]) throws(IntakeError) -> OffchainJobRequest {
        do throws(ABIError) {
            return try OffchainJobRequest(decoding: bytes.span)
        } catch {
            throw .requestEncodingInvalid(error)
        }
    }

    private static func checkMaxCycles(
        _ maxCycles: UInt64, _ limits: JobEngineLimits
    ) throws(IntakeError) {
        guard maxCycles > 0 else { throw .maxCyclesZero }
        guard maxCycles <= limits.maxCyclesMax else {
            throw .maxCyclesTooHigh(maxCycles, maxCyclesMax: limits.maxCyclesMax)
        }
    }

    private static func checkHashes(
        _ request: OffchainJobRequest, _ submission: JobSubmission
    ) throws(IntakeError) {
        let offchainInputHash = Keccak256.hash(submission.offchainInput)
        guard request.offchainInputHash == offchainInputHash else {
            throw .offchainInputHashMismatch(
                stated: request.offchainInputHash, actual: offchainInputHash)
        }
        guard let stated = request.stateHash else {
            guard submission.state.isEmpty else {
                throw .stateNotExpected(byteCount: submission.state.count)
            }
            return
        }
        let stateHash = Keccak256.hash(submission.state)
        guard stated == stateHash else {
            throw .stateHashMismatch(stated: stated, actual: stateHash)
        }
    }

    private static func recoverSigner(
        _ bytes: [UInt8], _ digest: Hash32
    ) throws(IntakeError) -> (RecoverableSignature, Address) {
        do throws(SignatureError) {
            let signature = try RecoverableSignature(parsing: bytes)
            return (signature, try signature.recoverAddress(digest))
        } catch .highS {
            throw .signatureHighS
        } catch {
            throw .signatureInvalid(error)
        }
    }

    private static func candidate(
        _ submission: JobSubmission, _ request: OffchainJobRequest, _ programID: ProgramID,
        digest: Hash32, signature: RecoverableSignature, signer: Address
    ) -> JobCandidate {
        let identity = JobRecord.Identity(
            id: JobID(nonce: request.nonce, consumer: request.consumer),
            origin: request.dialect == .a ? .offchainA : .offchainB,
            relayStrategy: submission.relayStrategy, nonce: request.nonce,
            consumer: request.consumer, programID: programID, maxCycles: request.maxCycles,
            signer: signer, requestHash: Keccak256.hash(submission.request),
            offchainInputHash: request.offchainInputHash, stateHash: request.stateHash)
        // The 65-byte form, whichever came: it is the one that contracts read.
        return JobCandidate(
            identity: identity,
            request: JobRequest(encoded: submission.request, signature: signature.bytes65),
            inputs: JobInputs(
                offchainInput: submission.offchainInput, state: submission.state),
            onchainInput: request.onchainInput, digest: digest)
    }
}
