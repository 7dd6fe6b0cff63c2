package import Bytes

/// `chain.*` and `posting.*`: the chain that results are posted to. Without `chain.rpcURL` the node runs
/// jobs and answers GetResult, and posts nothing.
package struct ChainSettings: Sendable {
    package let rpcURL: String
    package let chainID: UInt64
    package let jobManager: Address
    package let confirmationCount: UInt64
    package let pollMilliseconds: UInt64
    package let attemptCountMax: Int
    package let bumpSeconds: UInt64
    /// The highest maxFeePerGas that the poster will ever sign, in wei.
    package let maxFeePerGasMax: UInt64
    package let inFlightCountMax: Int

    init?(_ reader: inout ConfigurationReader) {
        let url = reader.parse("chain.rpcURL", as: "an http:// or https:// URL") {
            $0.hasPrefix("http://") || $0.hasPrefix("https://") ? $0 : nil
        }
        chainID = reader.number("chain.id", default: 31337, in: 1...UInt64.max)
        let manager = reader.address("chain.jobManager")
        confirmationCount = reader.number("chain.confirmations", default: 1, in: 1...10_000)
        pollMilliseconds = reader.number(
            "chain.pollMilliseconds", default: 500, in: 10...600_000)
        attemptCountMax = reader.count("posting.attemptsMax", default: 10, in: 1...1000)
        bumpSeconds = reader.number("posting.bumpSeconds", default: 15, in: 1...86_400)
        maxFeePerGasMax = reader.number(
            "posting.maxFeePerGasMax", default: 500_000_000_000, in: 1...UInt64.max)
        inFlightCountMax = reader.count("posting.inFlightMax", default: 16, in: 1...1000)
        guard let url else {
            if manager != nil { reader.report("chain.jobManager is set, but chain.rpcURL is not") }
            return nil
        }
        guard let manager else {
            reader.report("chain.rpcURL is set, but chain.jobManager is not")
            return nil
        }
        rpcURL = url
        jobManager = manager
    }
}
