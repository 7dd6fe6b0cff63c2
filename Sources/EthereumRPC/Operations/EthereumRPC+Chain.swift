package import Bytes
import EthereumCodec

/// One look at the chain for one account, taken in one request.
package struct ChainSnapshot: Hashable, Sendable {
    /// The newest block.
    package let head: BlockHeader
    /// The account's next nonce by that block.
    package let latestNonce: UInt64
    /// The account's next nonce by the server's pool.
    package let pendingNonce: UInt64
    /// The base fee of the next block, in wei per unit of gas.
    package let baseFeePerGas: UInt64
    /// The priority fee that gets a transaction into a block soon, in wei per unit of gas.
    package let priorityFeePerGas: UInt64
}

extension EthereumRPC {
    /// The chain's id (EIP-155).
    package func chainID() async throws(EthereumRPCError) -> UInt64 {
        try await call(RPCCall("eth_chainId")).uint64("eth_chainId")
    }

    /// The number of the newest block.
    package func blockNumber() async throws(EthereumRPCError) -> UInt64 {
        try await call(RPCCall("eth_blockNumber")).uint64("eth_blockNumber")
    }

    /// A block's header; nil when there is no such block.
    package func header(_ tag: BlockTag) async throws(EthereumRPCError) -> BlockHeader? {
        let value = try await call(RPCCall("eth_getBlockByNumber", [tag.parameter, .bool(false)]))
        return value == .null ? nil : try BlockHeader(value)
    }

    /// The number of transactions that an account has sent: its next nonce.
    package func transactionCount(
        of account: Address, at tag: BlockTag
    ) async throws(EthereumRPCError) -> UInt64 {
        try await call(RPCCall("eth_getTransactionCount", [.fixed(account), tag.parameter]))
            .uint64("eth_getTransactionCount")
    }

    /// An account's money, in wei.
    package func balance(
        of account: Address, at tag: BlockTag = .latest
    ) async throws(EthereumRPCError) -> UInt256 {
        try await call(RPCCall("eth_getBalance", [.fixed(account), tag.parameter]))
            .uint256("eth_getBalance")
    }

    /// A contract's code; empty for an account without.
    package func code(
        of account: Address, at tag: BlockTag = .latest
    ) async throws(EthereumRPCError) -> [UInt8] {
        try await call(RPCCall("eth_getCode", [.fixed(account), tag.parameter]))
            .bytes("eth_getCode")
    }

    /// The priority fee that the server suggests, in wei per unit of gas.
    package func maxPriorityFeePerGas() async throws(EthereumRPCError) -> UInt64 {
        try await call(RPCCall("eth_maxPriorityFeePerGas")).uint64("eth_maxPriorityFeePerGas")
    }

    /// Fees of the last `blockCount` blocks, with the priority fee at `percentile` of each.
    package func feeHistory(
        blockCount: UInt64, percentile: Int
    ) async throws(EthereumRPCError) -> FeeHistory {
        try FeeHistory(await call(Self.feeHistoryCall(blockCount, percentile)))
    }

    /// Head, nonces and fees in one request. Servers without eth_feeHistory or
    /// eth_maxPriorityFeePerGas are made do with.
    package func snapshot(of account: Address) async throws(EthereumRPCError) -> ChainSnapshot {
        let nonce = { (tag: BlockTag) in
            RPCCall("eth_getTransactionCount", [.fixed(account), tag.parameter])
        }
        let answers = try await transport.call([
            RPCCall("eth_getBlockByNumber", [BlockTag.latest.parameter, .bool(false)]),
            nonce(.latest), nonce(.pending), Self.feeHistoryCall(5, 50),
            RPCCall("eth_maxPriorityFeePerGas"),
        ])
        let head = try BlockHeader(answers[0].value())
        var history: FeeHistory?
        if case .success(let value) = answers[3] { history = try FeeHistory(value) }
        var suggestion: UInt64?
        if case .success(let value) = answers[4] {
            suggestion = try value.uint64("eth_maxPriorityFeePerGas")
        }
        return ChainSnapshot(
            head: head, latestNonce: try answers[1].value().uint64("latest nonce"),
            pendingNonce: try answers[2].value().uint64("pending nonce"),
            baseFeePerGas: history?.nextBaseFee ?? Self.nextBaseFee(after: head),
            priorityFeePerGas: suggestion ?? Self.median(history?.priorityFees ?? []) ?? 1)
    }

    private static func feeHistoryCall(_ blockCount: UInt64, _ percentile: Int) -> RPCCall {
        let count = min(max(blockCount, 1), EthereumRPCLimits.feeHistoryCountMax)
        return RPCCall(
            "eth_feeHistory",
            [.quantity(count), BlockTag.latest.parameter, .array([.number(String(percentile))])])
    }

    /// The highest base fee that may follow (EIP-1559: an eighth more).
    private static func nextBaseFee(after head: BlockHeader) -> UInt64 {
        let fee = head.baseFeePerGas ?? 0
        let (sum, overflow) = fee.addingReportingOverflow(fee / 8 + 1)
        return overflow ? .max : sum
    }

    private static func median(_ fees: [UInt64]) -> UInt64? {
        fees.isEmpty ? nil : fees.sorted()[fees.count / 2]
    }
}
