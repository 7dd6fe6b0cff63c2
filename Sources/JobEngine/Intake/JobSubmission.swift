package import Bytes

/// What a client sends to have a job run, as it came.
package struct JobSubmission: Hashable, Sendable {
    /// The ABI-encoded OffchainJobRequest.
    package var request: [UInt8]
    package var signature: [UInt8]
    package var offchainInput: [UInt8]
    package var state: [UInt8]
    package var relayStrategy: RelayStrategy

    package init(
        request: [UInt8], signature: [UInt8], offchainInput: [UInt8] = [], state: [UInt8] = [],
        relayStrategy: RelayStrategy = .unordered
    ) {
        self.request = request
        self.signature = signature
        self.offchainInput = offchainInput
        self.state = state
        self.relayStrategy = relayStrategy
    }
}

/// A submission that keeps every rule which needs no memory of other jobs. Whether its signer may
/// sign, its program is known and its nonce is free is decided after this.
package struct JobCandidate: Hashable, Sendable {
    package let identity: JobRecord.Identity
    package let request: JobRequest
    package let inputs: JobInputs
    package let onchainInput: [UInt8]
    /// What was signed: the EIP-191 digest of the request.
    package let digest: Hash32

    package init(
        identity: JobRecord.Identity, request: JobRequest, inputs: JobInputs,
        onchainInput: [UInt8], digest: Hash32
    ) {
        self.identity = identity
        self.request = request
        self.inputs = inputs
        self.onchainInput = onchainInput
        self.digest = digest
    }

    /// About how many bytes of memory the candidate takes.
    package var byteCount: Int {
        512 + request.encoded.count + onchainInput.count + inputs.offchainInput.count
            + inputs.state.count
    }
}
