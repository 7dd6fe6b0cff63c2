package import Bytes
package import EthereumCodec

extension EthereumRPC {
    /// Makes a call on the state of a block and returns its output. A revert is a `server` error
    /// with `isRevert`.
    package func call(
        _ request: CallRequest, at tag: BlockTag = .latest
    ) async throws(EthereumRPCError) -> [UInt8] {
        try await call(RPCCall("eth_call", [request.parameter, tag.parameter])).bytes("eth_call")
    }

    /// The gas that a transaction with this call would need now. A revert is a `server` error with
    /// `isRevert`.
    package func estimateGas(_ request: CallRequest) async throws(EthereumRPCError) -> UInt64 {
        try await call(RPCCall("eth_estimateGas", [request.parameter])).uint64("eth_estimateGas")
    }

    /// Whether `contract` says that `signature` over `digest` is its own (EIP-1271). A contract that
    /// reverts, answers anything else or does not exist says no; errors mean that nobody was asked.
    package func isValidSignature(
        _ signature: [UInt8], over digest: Hash32, contract: Address
    ) async throws(EthereumRPCError) -> Bool {
        let request = CallRequest(
            to: contract,
            data: ConsumerCall.isValidSignature(digest: digest, signature: signature).calldata)
        do throws(EthereumRPCError) {
            return ContractReturn.isValidSignature(try await call(request))
        } catch .server(let error) where error.isRevert || error.isExecutionFailure {
            return false
        }
    }

    /// What a JobManager knows of a job. Throws `unexpectedOutput` when the contract at that address
    /// answers otherwise than a JobManager does.
    package func jobMetadata(
        _ jobID: JobID, manager: Address
    ) async throws(EthereumRPCError) -> JobMetadata {
        let output = try await call(
            CallRequest(to: manager, data: JobManagerCall.getJobMetadata(jobID).calldata))
        do throws(ABIError) {
            return try JobMetadata(decoding: output)
        } catch {
            throw .unexpectedOutput("getJobMetadata: \(error)")
        }
    }

    /// The next nonce that a consumer contract takes for jobs created on the chain.
    package func nextNonce(consumer: Address) async throws(EthereumRPCError) -> UInt64 {
        let output = try await call(
            CallRequest(to: consumer, data: ConsumerCall.getNextNonce.calldata))
        do throws(ABIError) {
            return try ContractReturn.uint64(output, of: "getNextNonce")
        } catch {
            throw .unexpectedOutput("getNextNonce: \(error)")
        }
    }
}

extension ServerError {
    /// Whether the contract's code failed otherwise than by a revert: out of gas, bad instruction.
    package var isExecutionFailure: Bool {
        let text = message.lowercased()
        return [
            "out of gas", "invalid opcode", "invalid instruction", "stack underflow",
            "stack overflow", "invalid jump", "bad instruction",
        ].contains { text.contains($0) }
    }
}
