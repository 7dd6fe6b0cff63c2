package import Bytes
package import JobEngine
package import PostingEngine

extension JobStore {
    /// The job if it is in memory; never touches the disk, so an event loop may ask.
    package func cachedJob(_ id: JobID) -> JobView? { parts.views.view(id) }

    /// The job; nil when there is none. May read the disk.
    package func job(_ id: JobID) throws(JobStoreError) -> JobView? {
        let (cached, load) = parts.views.viewOrBeginLoad(id)
        if let cached { return cached }
        do throws(JobStoreError) {
            let view = try parts.reader.view(id)
            parts.views.endLoad(load, of: id, view)
            return view
        } catch {
            parts.views.endLoad(load, of: id, nil)
            throw error
        }
    }

    /// The off-chain input and state of a job; empty ones where it has none. Reads the disk.
    package func inputs(of id: JobID) throws(JobStoreError) -> JobInputs {
        try parts.reader.inputs(id) ?? JobInputs(offchainInput: [], state: [])
    }

    /// The nonces of a consumer whose jobs have not ended, in rising order. Does not touch the
    /// disk.
    package func pendingNonces(of consumer: Address) -> [UInt64] {
        parts.pending.nonces(of: consumer)
    }

    /// The smallest nonce above all that a consumer has used here; 1 when it has used none, as in
    /// the contract's getNextNonce; nil when 2^64 - 1 is used. May read the disk.
    package func nextNonce(of consumer: Address) throws(JobStoreError) -> UInt64? {
        guard let last = try parts.reader.lastNonce(of: consumer) else { return 1 }
        return last == .max ? nil : last + 1
    }

    /// The record of a program. Does not touch the disk.
    package func program(_ id: ProgramID) -> ProgramRecord? { parts.programs.record(id) }

    /// Whether a program is registered. Does not touch the disk.
    package func containsProgram(_ id: ProgramID) -> Bool { parts.programs.record(id) != nil }

    /// All programs, in the order of their ids. Does not touch the disk.
    package var programs: [ProgramRecord] { parts.programs.all }

    /// The ELF of a program; nil when it is not registered. Reads the disk.
    package func elf(of id: ProgramID) throws(JobStoreError) -> [UInt8]? {
        guard let program = program(id) else { return nil }
        return try parts.reader.bytes(.programs, StoreKey.elf(program.elfHash))
    }

    /// The outbox record of a job; nil when its result does not wait to be posted. Reads the disk.
    package func posting(of id: JobID) throws(JobStoreError) -> PostingRecord? {
        try parts.reader.posting(id)
    }

    /// The outbox records of up to `countMax` jobs (at most 1,024), by rising job id, after `id`.
    package func postings(
        after id: JobID?, countMax: Int
    ) throws(JobStoreError) -> [PostingRecord] {
        let countMax = min(countMax, StoreScanLimits.pageCountMax)
        var postings: [PostingRecord] = []
        // The smallest key above `id` is `id` and a zero byte.
        let start = id.map { StoreKey.outbox($0) + [0] } ?? []
        try parts.database.scan(.outbox, from: start) { key, value throws(JobStoreError) in
            guard postings.count < countMax else { return false }
            do throws(StoredValueError) {
                postings.append(try StoreReader.posting(value))
            } catch {
                throw .corrupted(violation(.outbox, key, error.description))
            }
            return true
        }
        return postings
    }

    /// The record of the posting account; nil when it never posted. Reads the disk.
    package func account(
        _ address: Address, chainID: UInt64
    ) throws(JobStoreError) -> AccountRecord? {
        try parts.reader.account(address, chainID: chainID)
    }

    /// A value kept by `setChainValue`. Reads the disk.
    package func chainValue(_ name: String) throws(JobStoreError) -> [UInt8]? {
        try parts.reader.bytes(.chain, StoreKey.chainValue(name))
    }

    /// Waits until a job is DONE or has ended: answers at once when it has, and otherwise calls
    /// back once, on the committer's thread, with the job as it is then. May read the disk. The
    /// caller keeps the time and takes the waiter back with `stopWaiting`.
    package func wait(
        for id: JobID, callback: @escaping @Sendable (JobRecord) -> Void
    ) throws(JobStoreError) -> OnWait {
        // Registered first, so that a change between the two steps calls back.
        guard let waiter = parts.waiters.add(id, callback) else { return .overloaded }
        do throws(JobStoreError) {
            guard let view = try job(id) else {
                parts.waiters.remove(waiter)
                return .unknownJob
            }
            let isSettled = view.status == .done || view.status.isTerminal
            guard isSettled, parts.waiters.remove(waiter) else { return .waiting(waiter) }
            return .settled(view)
        } catch {
            parts.waiters.remove(waiter)
            throw error
        }
    }

    /// Takes a waiter back; false when its callback was called, or is about to be.
    @discardableResult
    package func stopWaiting(_ id: JobWaiterID) -> Bool { parts.waiters.remove(id) }

    /// Commands that wait for the committer now; for metrics.
    package var waitingCommandCount: Int { parts.queue.count }
}
