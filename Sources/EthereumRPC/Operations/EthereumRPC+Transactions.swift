package import Bytes
import EthereumCodec

extension EthereumRPC {
    /// Sends a signed transaction. A refusal is a result; errors mean that nothing is known: the
    /// transaction may have arrived.
    package func sendRawTransaction(
        _ raw: [UInt8], hash: Hash32
    ) async throws(EthereumRPCError) -> BroadcastResult {
        let answers = try await transport.call([RPCCall("eth_sendRawTransaction", [.data(raw)])])
        switch answers[0] {
        case .success(let value):
            guard try value.fixed("transaction hash", as: Hash32.self) == hash else {
                throw .malformedAnswer("transaction hash")
            }
            return .accepted
        case .failure(let error):
            return BroadcastRefusal(message: error.message).map { .refused($0) } ?? .accepted
        }
    }

    /// The receipt of a mined transaction; nil for one that is not.
    package func receipt(of hash: Hash32) async throws(EthereumRPCError) -> TransactionReceipt? {
        try await receipts(of: [hash])[0]
    }

    /// The receipts of transactions, in their order; nil for those that are not mined.
    package func receipts(
        of hashes: [Hash32]
    ) async throws(EthereumRPCError) -> [TransactionReceipt?] {
        var receipts: [TransactionReceipt?] = []
        receipts.reserveCapacity(hashes.count)
        var rest = hashes[...]
        while !rest.isEmpty {
            let page = rest.prefix(EthereumRPCLimits.batchCountMax)
            rest = rest.dropFirst(page.count)
            let answers = try await transport.call(
                page.map { RPCCall("eth_getTransactionReceipt", [.fixed($0)]) })
            for (hash, answer) in zip(page, answers) {
                receipts.append(try Self.receipt(answer.value(), of: hash))
            }
        }
        return receipts
    }

    private static func receipt(
        _ value: JSONValue, of hash: Hash32
    ) throws(EthereumRPCError) -> TransactionReceipt? {
        // A receipt without a block is geth's for a pending transaction in some versions.
        guard value != .null, value.optionalMember("blockHash") != nil else { return nil }
        let receipt = try TransactionReceipt(value)
        guard receipt.transactionHash == hash else { throw .malformedAnswer("transactionHash") }
        return receipt
    }

    /// A transaction that the server knows, mined or not; nil otherwise.
    package func transaction(
        _ hash: Hash32
    ) async throws(EthereumRPCError) -> TransactionSummary? {
        let value = try await call(RPCCall("eth_getTransactionByHash", [.fixed(hash)]))
        guard value != .null else { return nil }
        let transaction = try TransactionSummary(value)
        guard transaction.hash == hash else { throw .malformedAnswer("hash") }
        return transaction
    }

    /// Logs that the filter lets through, in the order of the chain.
    package func logs(_ filter: LogFilter) async throws(EthereumRPCError) -> [LogEntry] {
        try LogEntry.list(await call(RPCCall("eth_getLogs", [filter.parameter])))
    }
}
