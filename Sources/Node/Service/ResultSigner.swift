internal import Bytes
internal import EthCrypto
internal import EthereumCodec
internal import JobEngine
internal import PostingEngine

/// Makes the signed result of a job and, with a chain, the transaction's call that carries it there.
struct ResultSigner: Sendable {
    let operatorKey: PrivateKey
    /// The contract to post to; nil when the node has no chain.
    let jobManager: Address?

    /// Signs what a program put out. The posting is nil when the result goes nowhere.
    func sign(
        _ programOutput: [UInt8], of view: JobView
    ) -> (output: JobOutput, posting: PostingRecord?) {
        let record = view.record
        let output = JobOutput(
            of: record, onchainInput: view.onchainInput, programOutput: programOutput,
            operatorKey: operatorKey)
        guard let jobManager else { return (output, nil) }
        let posting = Posting(
            jobID: record.id, consumer: record.consumer, jobNonce: record.nonce,
            isOrdered: record.relayStrategy == .ordered, kind: Self.kind(of: record),
            contract: jobManager, createdAtMilliseconds: Timestamp.milliseconds(),
            calldata: Self.call(output, view).calldata)
        return (output, PostingRecord(posting: posting))
    }

    private static func kind(of record: JobRecord) -> PostingKind {
        record.origin == .onchain ? .onchainResult : .offchainResult
    }

    private static func call(_ output: JobOutput, _ view: JobView) -> JobManagerCall {
        if view.record.origin == .onchain {
            return .submitResult(
                result: output.resultWithMetadata, signature: output.operatorSignature)
        }
        return .submitResultForOffchainJob(
            result: output.resultWithMetadata, signatureOnResult: output.operatorSignature,
            request: view.request.encoded, signatureOnRequest: view.request.signature)
    }
}
