package import Bytes

/// What the operator signs for a job that was requested off the chain.
package struct OffchainResultWithMetadata: Hashable, Sendable {
    /// The fields that only one of the dialects has.
    package enum DialectFields: Hashable, Sendable {
        /// Dialect A: keccak-256 of the state that the program read.
        case a(stateHash: Hash32)

        /// Dialect B: the hashes of the blobs that go with the result.
        case b(versionedBlobHashes: [Hash32])
    }

    package var jobID: JobID

    /// keccak-256 of the job's onchain input.
    package var onchainInputHash: Hash32

    /// keccak-256 of the job's offchain input.
    package var offchainInputHash: Hash32

    package var maxCycles: UInt64
    package var programID: [UInt8]

    /// What the program put out.
    package var result: [UInt8]

    package var dialectFields: DialectFields

    package init(
        jobID: JobID, onchainInputHash: Hash32, offchainInputHash: Hash32, maxCycles: UInt64,
        programID: [UInt8], result: [UInt8], dialectFields: DialectFields
    ) {
        self.jobID = jobID
        self.onchainInputHash = onchainInputHash
        self.offchainInputHash = offchainInputHash
        self.maxCycles = maxCycles
        self.programID = programID
        self.result = result
        self.dialectFields = dialectFields
    }

    /// The result of a request, in the request's dialect and without blobs.
    package init(
        request: OffchainJobRequest, onchainInputHash: Hash32, result: [UInt8]
    ) {
        self.init(
            jobID: request.jobID, onchainInputHash: onchainInputHash,
            offchainInputHash: request.offchainInputHash, maxCycles: request.maxCycles,
            programID: request.programID, result: result,
            dialectFields: request.stateHash.map { .a(stateHash: $0) }
                ?? .b(versionedBlobHashes: []))
    }

    /// The layout that this result is encoded in.
    package var dialect: RequestDialect {
        switch dialectFields {
        case .a: .a
        case .b: .b
        }
    }

    /// `abi.encode(result)`.
    package func encoded() -> [UInt8] {
        let tailByteCount =
            ABIWriter.tailByteCount(of: programID.count)
            + ABIWriter.tailByteCount(of: result.count)
        var writer = ABIWriter(
            structFieldCount: 7, tailByteCount: tailByteCount)
        writer.append(jobID.hash)
        writer.append(onchainInputHash)
        writer.append(offchainInputHash)
        if case .a(let stateHash) = dialectFields {
            writer.append(stateHash)
        }
        writer.append(maxCycles)
        writer.append(dynamic: programID)
        writer.append(dynamic: result)
        if case .b(let versionedBlobHashes) = dialectFields {
            writer.append(array: versionedBlobHashes)
        }
        return writer.finish()
    }

    /// Reads the canonical encoding of either dialect. In A the sixth word is the offset of programID,
    /// which is 0xe0; in B it is that of result, which is larger because programID comes before it.
    package init(
        decoding bytes: Span<UInt8>, byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        let name = "OffchainResultWithMetadata"
        var reader = try ABIReader(
            structIn: bytes, fieldCount: 7, name: name, byteCountMax: byteCountMax)
        let isDialectA = reader.peekWord(at: 5, in: bytes) == UInt256(0xe0).word
        jobID = JobID(reader.readWord(in: bytes))
        onchainInputHash = reader.readWord(in: bytes)
        offchainInputHash = reader.readWord(in: bytes)
        let stateHash = isDialectA ? reader.readWord(in: bytes) : nil
        maxCycles = try reader.readUInt64("maxCycles", in: bytes)
        programID = try reader.readBytes("programID", in: bytes)
        result = try reader.readBytes("result", in: bytes)
        if let stateHash {
            dialectFields = .a(stateHash: stateHash)
        } else {
            let hashes = try reader.readHashArray("versionedBlobHashes", in: bytes)
            dialectFields = .b(versionedBlobHashes: hashes)
        }
        try reader.finish(name)
    }

    /// Reads the canonical encoding.
    package init(decoding bytes: [UInt8]) throws(ABIError) {
        try self.init(decoding: bytes.span)
    }
}
