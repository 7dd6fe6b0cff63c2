/// The bounds of what is asked of a server and believed of its answers. Servers are not trusted with
/// our memory or time.
package enum EthereumRPCLimits {
    /// Bytes of one answer: a page of logs is the largest.
    package static let answerByteCountMax = 16 << 20

    /// Nesting of one answer: a batch of receipts with logs and topics has six levels.
    package static let answerDepthMax = 16

    /// Calls in one batch; public servers refuse more than about this many.
    package static let batchCountMax = 100

    /// Bytes that a call or a field may return: as much as the ABI reader takes.
    package static let dataByteCountMax = 16 << 20

    /// Log entries in one answer.
    package static let logCountMax = 20_000

    /// Blocks of fee history asked for.
    package static let feeHistoryCountMax: UInt64 = 64

    /// Servers of one chain.
    package static let serverCountMax = 8

    /// Characters of a server's message that are kept.
    package static let messageCharacterCountMax = 512
}
