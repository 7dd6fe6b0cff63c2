package import Bytes

/// What the operator signs for a job that was created onchain; the same in both dialects.
package struct ResultWithMetadata: Hashable, Sendable {
    package var jobID: JobID

    /// keccak-256 of the job's onchain input.
    package var onchainInputHash: Hash32

    package var maxCycles: UInt64
    package var programID: [UInt8]

    /// What the program put out.
    package var result: [UInt8]

    package init(
        jobID: JobID, onchainInputHash: Hash32, maxCycles: UInt64, programID: [UInt8],
        result: [UInt8]
    ) {
        self.jobID = jobID
        self.onchainInputHash = onchainInputHash
        self.maxCycles = maxCycles
        self.programID = programID
        self.result = result
    }

    /// `abi.encode(result)`.
    package func encoded() -> [UInt8] {
        let tailByteCount =
            ABIWriter.tailByteCount(of: programID.count)
            + ABIWriter.tailByteCount(of: result.count)
        var writer = ABIWriter(
            structFieldCount: 5, tailByteCount: tailByteCount)
        writer.append(jobID.hash)
        writer.append(onchainInputHash)
        writer.append(maxCycles)
        writer.append(dynamic: programID)
        writer.append(dynamic: result)
        return writer.finish()
    }

    /// Reads the canonical encoding.
    package init(
        decoding bytes: Span<UInt8>, byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        let name = "ResultWithMetadata"
        var reader = try ABIReader(
            structIn: bytes, fieldCount: 5, name: name, byteCountMax: byteCountMax)
        jobID = JobID(reader.readWord(in: bytes))
        onchainInputHash = reader.readWord(in: bytes)
        maxCycles = try reader.readUInt64("maxCycles", in: bytes)
        programID = try reader.readBytes("programID", in: bytes)
        result = try reader.readBytes("result", in: bytes)
        try reader.finish(name)
    }

    /// Reads the canonical encoding.
    package init(decoding bytes: [UInt8]) throws(ABIError) {
        try self.init(decoding: bytes.span)
    }
}
