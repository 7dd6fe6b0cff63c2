package import Bytes

/// What a stateful program puts out: `StatefulProgramResult` in dialect A, `StatefulAppResult` in
/// dialect B. The names of the fields differ, the encoding does not.
package struct StatefulProgramResult: Hashable, Sendable {
    /// The hash of the state after this job (B: outputStateRoot).
    package var nextStateHash: Hash32

    package var result: [UInt8]

    package init(nextStateHash: Hash32, result: [UInt8]) {
        self.nextStateHash = nextStateHash
        self.result = result
    }

    /// `abi.encode(result)`.
    package func encoded() -> [UInt8] {
        encodeHashAndBytes(nextStateHash, result)
    }

    /// Reads the canonical encoding.
    package init(
        decoding bytes: Span<UInt8>, byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        (nextStateHash, result) = try decodeHashAndBytes(
            bytes, name: "StatefulProgramResult", bytesField: "result", byteCountMax: byteCountMax)
    }

    /// Reads the canonical encoding.
    package init(decoding bytes: [UInt8]) throws(ABIError) {
        try self.init(decoding: bytes.span)
    }
}

/// The onchain input of a stateful program in dialect B.
package struct StatefulAppOnchainInput: Hashable, Sendable {
    /// The root of the state before this job.
    package var inputStateRoot: Hash32

    package var onchainInput: [UInt8]

    package init(inputStateRoot: Hash32, onchainInput: [UInt8]) {
        self.inputStateRoot = inputStateRoot
        self.onchainInput = onchainInput
    }

    /// `abi.encode(input)`.
    package func encoded() -> [UInt8] {
        encodeHashAndBytes(inputStateRoot, onchainInput)
    }

    /// Reads the canonical encoding.
    package init(
        decoding bytes: Span<UInt8>, byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        (inputStateRoot, onchainInput) = try decodeHashAndBytes(
            bytes, name: "StatefulAppOnchainInput", bytesField: "onchainInput",
            byteCountMax: byteCountMax)
    }

    /// Reads the canonical encoding.
    package init(decoding bytes: [UInt8]) throws(ABIError) {
        try self.init(decoding: bytes.span)
    }
}

/// `abi.encode` of the struct (bytes32, bytes).
private func encodeHashAndBytes(_ hash: Hash32, _ bytes: [UInt8]) -> [UInt8] {
    var writer = ABIWriter(
        structFieldCount: 2, tailByteCount: ABIWriter.tailByteCount(of: bytes.count))
    writer.append(hash)
    writer.append(dynamic: bytes)
    return writer.finish()
}

/// The fields of the struct (bytes32, bytes).
private func decodeHashAndBytes(
    _ bytes: Span<UInt8>, name: String, bytesField: String, byteCountMax: Int
) throws(ABIError) -> (Hash32, [UInt8]) {
    var reader = try ABIReader(
        structIn: bytes, fieldCount: 2, name: name, byteCountMax: byteCountMax)
    let hash = reader.readWord(in: bytes)
    let content = try reader.readBytes(bytesField, in: bytes)
    try reader.finish(name)
    return (hash, content)
}
