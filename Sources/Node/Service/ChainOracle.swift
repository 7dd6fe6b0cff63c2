internal import EthereumRPC
internal import JobEngine

/// Asks consumers on the chain by eth_call.
struct ChainOracle: ConsumerOracle {
    let rpc: EthereumRPC

    func isValidSignature(_ query: SignatureQuery) async throws -> Bool {
        try await rpc.isValidSignature(
            query.signature, over: query.digest, contract: query.consumer)
    }
}
