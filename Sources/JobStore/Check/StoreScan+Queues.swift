internal import Bytes
internal import EthCrypto
internal import JobEngine
internal import PostingEngine

/// Every job that has not ended is in `queue` or in `outbox`, and nowhere twice (invariant 2); no
/// account nonce is used by two live transactions (invariant 4).
extension StoreScan {
    mutating func checkQueue() throws(JobStoreError) {
        var queued: Set<JobID> = []
        try reader.database.scan(.queue) { key, value throws(JobStoreError) in
            do throws(StoredValueError) {
                let id = try StoredForms.jobID(inQueueEntry: value)
                guard let record = liveRecords[id], record.status.isQueued else {
                    note(.queue, key, "the job \(id) in the queue is not PENDING or RUNNING")
                    return true
                }
                if StoreKey.queue(record.sequence) != [UInt8](copying: key) {
                    note(.queue, key, "the job \(id) has another place in the queue")
                }
                queued.insert(id)
            } catch {
                note(.queue, key, error.description)
            }
            return true
        }
        noteMissing(.queue, liveRecords.values.filter { $0.status.isQueued }, queued)
    }

    mutating func checkOutbox() throws(JobStoreError) {
        var posted: Set<JobID> = []
        var nonces = try accountNonces()
        try reader.database.scan(.outbox) { key, value throws(JobStoreError) in
            do throws(StoredValueError) {
                let posting = try StoreReader.posting(value)
                let id = posting.posting.jobID
                if StoreKey.outbox(id) != [UInt8](copying: key) {
                    note(.outbox, key, "the posting lies under the key of another job")
                } else if liveRecords[id]?.status != .done {
                    note(.outbox, key, "the job of the posting is not DONE")
                }
                posted.insert(id)
                if case .live(let transaction) = posting.state,
                    !nonces.insert(transaction.nonce).inserted
                {
                    note(.outbox, key, "the account nonce \(transaction.nonce) is used twice")
                }
            } catch {
                note(.outbox, key, error.description)
            }
            return true
        }
        noteMissing(.outbox, liveRecords.values.filter { $0.status == .done }, posted)
    }

    /// The account nonces that fillers of gaps hold.
    private mutating func accountNonces() throws(JobStoreError) -> Set<UInt64> {
        var nonces: Set<UInt64> = []
        let prefix = [StoreKey.ChainPart.account.rawValue]
        try reader.database.scan(.chain, prefix: prefix) { key, value throws(JobStoreError) in
            do throws(StoredValueError) {
                for filler in try StoreReader.account(value).gapFillers
                where !nonces.insert(filler.nonce).inserted {
                    note(.chain, key, "the account nonce \(filler.nonce) is used twice")
                }
            } catch {
                note(.chain, key, error.description)
            }
            return true
        }
        return nonces
    }

    private mutating func noteMissing(
        _ family: ColumnFamily, _ expected: [JobRecord], _ found: Set<JobID>
    ) {
        // By sequence: the order of a dictionary must not show.
        for record in expected.sorted(by: { $0.sequence < $1.sequence })
        where !found.contains(record.id) {
            note(
                .jobs, StoreKey.job(.record, record.id),
                "the job is \(record.status.name) but not in \(family.name)")
        }
    }

    /// The ELF of a program: there, and the one that was bound.
    mutating func checkELF(of program: ProgramRecord) throws(JobStoreError) {
        let key = StoreKey.elf(program.elfHash)
        let before = violationCount
        let elf = try readable { reader throws(JobStoreError) in
            try reader.bytes(.programs, key)
        }
        guard let elf else {
            if violationCount == before {
                note(.programs, key, "the ELF of the program \(program.id) is missing")
            }
            return
        }
        if SHA256.hash(elf) != program.elfHash {
            note(
                .programs, key, "the ELF is not the one that the program \(program.id) is bound to")
        }
    }
}
