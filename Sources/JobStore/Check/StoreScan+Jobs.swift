internal import Bytes
internal import EthCrypto
internal import EthereumCodec
internal import JobEngine

extension StoreScan {
    /// Every record: readable, under its own key, with the id that belongs to its nonce.
    mutating func checkRecords() throws(JobStoreError) {
        let prefix = [StoreKey.JobPart.record.rawValue]
        try reader.database.scan(.jobs, prefix: prefix) { key, value throws(JobStoreError) in
            let record: JobRecord
            do throws(StoredValueError) {
                record = try JobRecord(decoding: value)
            } catch {
                note(.jobs, key, error.description)
                return true
            }
            if StoreKey.job(.record, record.id) != [UInt8](copying: key) {
                note(.jobs, key, "the job lies under the key of another")
            }
            if record.id != JobID(nonce: record.nonce, consumer: record.consumer) {
                note(.jobs, key, "the job id does not belong to nonce and consumer")
            }
            try take(record)
            return true
        }
    }

    private mutating func take(_ record: JobRecord) throws(JobStoreError) {
        jobCount += 1
        recordSet.insert(NonceEntry(of: record))
        nextSequence = max(nextSequence, record.sequence &+ 1)
        if !record.isSettled { liveRecords[record.id] = record }
        if depth == .full || !record.isSettled { try checkParts(of: record) }
    }

    /// Every nonce: readable, naming the job that its key spells; and as many, for the same
    /// requests, as there are jobs (invariant 1).
    mutating func checkNonces() throws(JobStoreError) {
        try reader.database.scan(.nonces) { key, value throws(JobStoreError) in
            do throws(StoredValueError) {
                let entry = try NonceEntry(decoding: value)
                if StoreScan.jobID(ofNonceKey: key) != entry.jobID {
                    note(.nonces, key, "the nonce names a job that is not its own")
                }
                nonceSet.insert(entry)
            } catch {
                note(.nonces, key, error.description)
            }
            return true
        }
        if recordSet != nonceSet { try findUnpairedNonces() }
    }

    private static func jobID(ofNonceKey key: Span<UInt8>) -> JobID? {
        guard key.count == Address.byteCount + 8 else { return nil }
        return JobID(
            nonce: key.bigEndianUInt64(at: Address.byteCount),
            consumer: Address(unchecked: key.extracting(0..<Address.byteCount)))
    }

    /// Names the jobs and nonces that have no counterpart; only where the sets are known to differ.
    private mutating func findUnpairedNonces() throws(JobStoreError) {
        let reader = reader
        try reader.database.scan(.nonces) { key, value throws(JobStoreError) in
            guard let id = StoreScan.jobID(ofNonceKey: key) else { return true }
            let record = try readable { reader throws(JobStoreError) in try reader.record(id) }
            let bytes = [UInt8](copying: value)
            if record.map({ NonceEntry(of: $0).encoded() }) != bytes {
                note(.nonces, key, "the nonce is used, but there is no job that used it so")
            }
            return true
        }
        let prefix = [StoreKey.JobPart.record.rawValue]
        try reader.database.scan(.jobs, prefix: prefix) { key, value throws(JobStoreError) in
            guard let record = StoreScan.record(value) else { return true }
            let nonceKey = StoreKey.nonce(record.consumer, record.nonce)
            if try reader.database.value(.nonces, nonceKey) == nil {
                note(.jobs, key, "the nonce of the job is not marked as used")
            }
            return true
        }
    }

    /// The record, if it can be read; that it cannot is noted elsewhere.
    private static func record(_ value: Span<UInt8>) -> JobRecord? {
        do throws(StoredValueError) {
            return try JobRecord(decoding: value)
        } catch {
            return nil
        }
    }

    /// The request of a job and, where there must be one, its result (invariant 3).
    private mutating func checkParts(of record: JobRecord) throws(JobStoreError) {
        let key = StoreKey.job(.request, record.id)
        let before = violationCount
        let request = try readable { reader throws(JobStoreError) in
            try reader.request(record.id)
        }
        guard let request else {
            if violationCount == before { note(.jobs, key, "the request of the job is missing") }
            return
        }
        guard Keccak256.hash(request.encoded) == record.requestHash else {
            return note(.jobs, key, "the request is not the one that was accepted")
        }
        if depth == .full {
            checkSignature(on: request, of: record)
            try checkInputs(of: record)
        }
        if record.hasOutput { try checkOutput(of: record, request) }
    }

    private mutating func checkSignature(on request: JobRequest, of record: JobRecord) {
        guard record.origin != .onchain else { return }
        let signer: Address?
        do throws(SignatureError) {
            signer = try RecoverableSignature(parsing: request.signature)
                .recoverAddress(EIP191.digest(request.encoded))
        } catch {
            signer = nil
        }
        if signer != record.signer {
            note(
                .jobs, StoreKey.job(.request, record.id),
                "the signature on the request is not that of \(record.signer)")
        }
    }

    private mutating func checkInputs(of record: JobRecord) throws(JobStoreError) {
        guard record.origin != .onchain else { return }
        let before = violationCount
        let stored = try readable { reader throws(JobStoreError) in try reader.inputs(record.id) }
        guard violationCount == before else { return }
        let inputs = stored ?? JobInputs(offchainInput: [], state: [])
        let key = StoreKey.job(.inputs, record.id)
        if Keccak256.hash(inputs.offchainInput) != record.offchainInputHash {
            note(.jobs, key, "the off-chain input does not match its hash")
        }
        if let stateHash = record.stateHash, Keccak256.hash(inputs.state) != stateHash {
            note(.jobs, key, "the state does not match its hash")
        }
    }

    private mutating func checkOutput(
        of record: JobRecord, _ request: JobRequest
    ) throws(JobStoreError) {
        let key = StoreKey.job(.output, record.id)
        let before = violationCount
        let output = try readable { reader throws(JobStoreError) in try reader.output(record.id) }
        guard let output else {
            if violationCount == before { note(.jobs, key, "the result of the job is missing") }
            return
        }
        do throws(StoredValueError) {
            let onchainInput = try request.onchainInput(origin: record.origin)
            let problem = output.violation(
                of: record, onchainInput: onchainInput, expectedOperator: expectedOperator)
            if let problem { note(.jobs, key, problem) }
        } catch {
            note(.jobs, StoreKey.job(.request, record.id), error.description)
        }
    }

    /// Parts of jobs that do not exist.
    mutating func checkOrphans() throws(JobStoreError) {
        let database = reader.database
        for part in StoreKey.JobPart.allCases where part != .record {
            try database.scan(.jobs, prefix: [part.rawValue]) { key, _ throws(JobStoreError) in
                let id = JobID(key.extracting(1...))
                let owner = try id.map { id throws(JobStoreError) in
                    try database.value(.jobs, StoreKey.job(.record, id))
                }
                if owner == nil || owner == .some(nil) {
                    note(.jobs, key, "a part of a job that does not exist")
                }
                return true
            }
        }
    }
}
