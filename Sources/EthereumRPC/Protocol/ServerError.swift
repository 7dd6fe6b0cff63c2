import EthereumCodec

/// The error object of a JSON-RPC answer.
package struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The code: -32768 to -32000 are reserved by JSON-RPC 2.0; 3 is geth's for a revert.
    package let code: Int64
    /// The message, cut to the limit.
    package let message: String
    /// The data of a revert, when the answer holds it in one of the known places.
    package let revertData: [UInt8]?

    /// An error made of its parts.
    package init(code: Int64, message: String, revertData: [UInt8]? = nil) {
        self.code = code
        self.message = String(message.prefix(EthereumRPCLimits.messageCharacterCountMax))
        self.revertData = revertData
    }

    package var description: String { "the server answered with error \(code): \(message)" }

    /// Whether the contract refused the call, and not the server.
    package var isRevert: Bool {
        code == 3 || message.lowercased().contains("revert")
    }

    /// The decoded reason of a revert; the server's message when the data says nothing.
    package var revertReason: String {
        guard let revertData, !revertData.isEmpty else { return message }
        return RevertReason(decoding: revertData).description
    }

    /// Whether the server asks to come back later (EIP-1474's -32005, and what others write).
    var isOverload: Bool {
        code == -32005 || code == -32029 || code == 429 || says(Self.overloadTexts)
    }

    /// Whether the same call may succeed later.
    package var isRetryable: Bool {
        guard !isRevert else { return false }
        return isOverload || code == -32603 || says(Self.missingStateTexts)
    }

    private static let overloadTexts = [
        "rate limit", "too many requests", "capacity exceeded", "timed out", "timeout",
        "temporarily unavailable",
    ]
    private static let missingStateTexts = [
        "header not found", "block not found", "missing trie node", "unknown block",
    ]

    private func says(_ texts: [String]) -> Bool {
        let message = message.lowercased()
        return texts.contains { message.contains($0) }
    }
}
