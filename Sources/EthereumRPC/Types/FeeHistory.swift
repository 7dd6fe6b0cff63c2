import EthereumCodec

/// Fees of recent blocks, in wei per unit of gas.
package struct FeeHistory: Hashable, Sendable {
    /// The number of the oldest block.
    package let oldestBlock: UInt64
    /// The base fees of the blocks, oldest first, and behind them that of the block to come.
    package let baseFees: [UInt64]
    /// The priority fee at the asked-for percentile of each block.
    package let priorityFees: [UInt64]

    /// The base fee of the block to come.
    package var nextBaseFee: UInt64? { baseFees.last }

    init(_ value: JSONValue) throws(EthereumRPCError) {
        let countMax = Int(EthereumRPCLimits.feeHistoryCountMax)
        oldestBlock = try value.member("oldestBlock").uint64("oldestBlock")
        let fees = try value.member("baseFeePerGas").array("baseFeePerGas", countMax: countMax + 1)
        var baseFees: [UInt64] = []
        for fee in fees {
            baseFees.append(try fee.uint64("baseFeePerGas"))
        }
        self.baseFees = baseFees
        var priorityFees: [UInt64] = []
        for row in try value.optionalMember("reward")?.array("reward", countMax: countMax) ?? [] {
            for fee in try row.array("reward", countMax: 1) {
                priorityFees.append(try fee.uint64("reward"))
            }
        }
        self.priorityFees = priorityFees
    }
}
