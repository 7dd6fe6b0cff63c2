package import Bytes

/// The request as it came in and the signature on it: what the JobManager wants to see again.
package struct JobRequest: Hashable, Sendable {
    /// The ABI-encoded request; for a job of the JobManager contract only its on-chain input.
    package let encoded: [UInt8]
    /// r ‖ s ‖ v with v 27 or 28; empty for a job of the JobManager contract.
    package let signature: [UInt8]

    package init(encoded: [UInt8], signature: [UInt8]) {
        self.encoded = encoded
        self.signature = signature
    }
}

/// What the program reads besides the on-chain input. Large, so it lies under its own key.
package struct JobInputs: Hashable, Sendable {
    package let offchainInput: [UInt8]
    package let state: [UInt8]

    package init(offchainInput: [UInt8], state: [UInt8]) {
        self.offchainInput = offchainInput
        self.state = state
    }

    /// Whether there is nothing to store.
    package var isEmpty: Bool { offchainInput.isEmpty && state.isEmpty }
}

/// The signed result.
package struct JobOutput: Hashable, Sendable {
    /// The ABI-encoded result in the form that belongs to the job's origin.
    package let resultWithMetadata: [UInt8]
    /// r ‖ s ‖ v of the operator over the EIP-191 digest of `resultWithMetadata`.
    package let operatorSignature: [UInt8]
    /// Whose signature it is.
    package let operatorAddress: Address

    package init(
        resultWithMetadata: [UInt8], operatorSignature: [UInt8], operatorAddress: Address
    ) {
        self.resultWithMetadata = resultWithMetadata
        self.operatorSignature = operatorSignature
        self.operatorAddress = operatorAddress
    }
}

extension JobRequest {
    private static let encodingVersion: UInt8 = 1

    /// The bytes under which the store keeps the request.
    package func encodedForStore() -> [UInt8] {
        StoredValue.framed(version: Self.encodingVersion, capacity: encoded.count + 128) {
            $0.append(lengthPrefixed: encoded)
            $0.append(lengthPrefixed: signature)
        }
    }

    /// The request whose stored form `value` is.
    package init(decoding value: Span<UInt8>) throws(StoredValueError) {
        let payload = try StoredValue.payload(of: value, version: Self.encodingVersion)
        var reader = ByteReader(value.extracting(payload))
        encoded = try reader.requiredBytes(atMost: StoredLimits.blobByteCountMax, "request")
        signature = try reader.requiredBytes(atMost: 65, "signature")
        try reader.requireEnd()
    }
}

extension JobInputs {
    private static let encodingVersion: UInt8 = 1

    /// The bytes under which the store keeps the inputs.
    package func encodedForStore() -> [UInt8] {
        let capacity = offchainInput.count + state.count + 8
        return StoredValue.framed(version: Self.encodingVersion, capacity: capacity) {
            $0.append(lengthPrefixed: offchainInput)
            $0.append(lengthPrefixed: state)
        }
    }

    /// The inputs whose stored form `value` is.
    package init(decoding value: Span<UInt8>) throws(StoredValueError) {
        let payload = try StoredValue.payload(of: value, version: Self.encodingVersion)
        var reader = ByteReader(value.extracting(payload))
        offchainInput = try reader.requiredBytes(
            atMost: StoredLimits.blobByteCountMax, "offchainInput")
        state = try reader.requiredBytes(atMost: StoredLimits.blobByteCountMax, "state")
        try reader.requireEnd()
    }
}

extension JobOutput {
    private static let encodingVersion: UInt8 = 1

    /// The bytes under which the store keeps the output.
    package func encodedForStore() -> [UInt8] {
        let capacity = resultWithMetadata.count + 128
        return StoredValue.framed(version: Self.encodingVersion, capacity: capacity) {
            $0.append(lengthPrefixed: resultWithMetadata)
            $0.append(lengthPrefixed: operatorSignature)
            operatorAddress.append(to: &$0)
        }
    }

    /// The output whose stored form `value` is.
    package init(decoding value: Span<UInt8>) throws(StoredValueError) {
        let payload = try StoredValue.payload(of: value, version: Self.encodingVersion)
        var reader = ByteReader(value.extracting(payload))
        resultWithMetadata = try reader.requiredBytes(
            atMost: StoredLimits.blobByteCountMax, "result")
        operatorSignature = try reader.requiredBytes(atMost: 65, "operatorSignature")
        operatorAddress = try reader.required()
        try reader.requireEnd()
    }
}
