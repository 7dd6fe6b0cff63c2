package import Bytes

/// What an app signs to have a job run: the struct OffchainJobRequest of either dialect.
package struct OffchainJobRequest: Hashable, Sendable {
    /// Used once per consumer, for ever.
    package var nonce: UInt64

    /// The most cycles that the program may take.
    package var maxCycles: UInt64

    /// The contract that gets the result.
    package var consumer: Address

    /// The program, as the consumer names it; 32 bytes for every program that a node knows.
    package var programID: [UInt8]

    /// The input that goes onchain with the result.
    package var onchainInput: [UInt8]

    /// keccak-256 of the input that stays off the chain.
    package var offchainInputHash: Hash32

    /// keccak-256 of the state: in dialect A always, in dialect B never.
    package var stateHash: Hash32?

    package init(
        nonce: UInt64, maxCycles: UInt64, consumer: Address, programID: [UInt8],
        onchainInput: [UInt8], offchainInputHash: Hash32, stateHash: Hash32?
    ) {
        self.nonce = nonce
        self.maxCycles = maxCycles
        self.consumer = consumer
        self.programID = programID
        self.onchainInput = onchainInput
        self.offchainInputHash = offchainInputHash
        self.stateHash = stateHash
    }

    /// The layout that this request is encoded in.
    package var dialect: RequestDialect { stateHash == nil ? .b : .a }

    /// The identity of the job that this request asks for.
    package var jobID: JobID { JobID(nonce: nonce, consumer: consumer) }

    /// `abi.encode(request)`.
    package func encoded() -> [UInt8] {
        let tailByteCount =
            ABIWriter.tailByteCount(of: programID.count)
            + ABIWriter.tailByteCount(of: onchainInput.count)
        var writer = ABIWriter(
            structFieldCount: stateHash == nil ? 6 : 7, tailByteCount: tailByteCount)
        writer.append(nonce)
        writer.append(maxCycles)
        writer.append(consumer)
        writer.append(dynamic: programID)
        writer.append(dynamic: onchainInput)
        writer.append(offchainInputHash)
        if let stateHash {
            writer.append(stateHash)
        }
        return writer.finish()
    }

    /// Reads the canonical encoding of either dialect. The offset of programID, which is the size of
    /// the head, tells them apart: 0xe0 with a state hash, 0xc0 without.
    package init(
        decoding bytes: Span<UInt8>, byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        let name = "OffchainJobRequest"
        var reader = try ABIReader(
            structIn: bytes, fieldCount: 6, name: name, byteCountMax: byteCountMax)
        let hasStateHash = reader.peekWord(at: 3, in: bytes) == UInt256(0xe0).word
        if hasStateHash {
            reader = try ABIReader(
                structIn: bytes, fieldCount: 7, name: name, byteCountMax: byteCountMax)
        }
        nonce = try reader.readUInt64("nonce", in: bytes)
        maxCycles = try reader.readUInt64("maxCycles", in: bytes)
        consumer = try reader.readAddress("consumer", in: bytes)
        programID = try reader.readBytes("programID", in: bytes)
        onchainInput = try reader.readBytes("onchainInput", in: bytes)
        offchainInputHash = reader.readWord(in: bytes)
        stateHash = hasStateHash ? reader.readWord(in: bytes) : nil
        try reader.finish(name)
    }

    /// Reads the canonical encoding; see `init(decoding:byteCountMax:)` of a span.
    package init(decoding bytes: [UInt8]) throws(ABIError) {
        try self.init(decoding: bytes.span)
    }
}
