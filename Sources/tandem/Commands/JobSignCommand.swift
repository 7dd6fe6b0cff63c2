internal import ArgumentParser
internal import Bytes
internal import EthCrypto

/// `tandem job sign`: a request and its signature, for sending by any means.
struct JobSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Encode and sign a job request without sending it.")

    @OptionGroup var job: JobOptions
    @Option(help: "Each nonce of a consumer is used once.") var nonce: UInt64
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let key = try key.load()
        let signed = job.signed(nonce: nonce, by: key)
        output.print([
            OutputField("job_id", signed.id.description),
            OutputField("signer", key.address.description),
            OutputField("request", Hex.encodePrefixed(signed.request)),
            OutputField("signature", Hex.encodePrefixed(signed.signature)),
            OutputField("offchain_input", Hex.encodePrefixed(job.offchainInput.bytes)),
            OutputField("state", Hex.encodePrefixed(job.state.bytes)),
        ])
    }
}
