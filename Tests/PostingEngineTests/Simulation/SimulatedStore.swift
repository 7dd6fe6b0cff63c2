import Bytes

@testable import PostingEngine

/// What survives a crash, as bytes, with the checks that the real store makes.
struct SimulatedStore {
    private(set) var records: [JobID: [UInt8]] = [:]
    private(set) var account: [UInt8]?
    private(set) var outcomes: [JobID: PostingOutcome.Ending] = [:]
    private(set) var hashes: Set<Hash32> = []
    private(set) var violations: [String] = []
    private var lastBatchID: UInt64 = 0

    mutating func add(_ record: PostingRecord) {
        records[record.posting.jobID] = record.encoded()
    }

    mutating func restart() {
        lastBatchID = 0
    }

    mutating func apply(_ batch: PostingBatch) {
        if batch.id <= lastBatchID { violations.append("batch \(batch.id) out of order") }
        lastBatchID = batch.id
        for record in batch.records {
            if records[record.posting.jobID] == nil {
                violations.append("record of \(record.posting.jobID) came from nowhere")
            }
            records[record.posting.jobID] = record.encoded()
        }
        for outcome in batch.outcomes {
            if outcomes.updateValue(outcome.ending, forKey: outcome.jobID) != nil {
                violations.append("job \(outcome.jobID) ended twice")
            }
            records[outcome.jobID] = nil
        }
        if let changed = batch.account { account = changed.encoded() }
        checkNonces()
    }

    var decodedAccount: AccountRecord? {
        account.flatMap { try? AccountRecord(decoding: $0) }
    }

    var decodedRecords: [PostingRecord] {
        records.values.compactMap { try? PostingRecord(decoding: $0) }
    }

    private mutating func checkNonces() {
        let live = decodedRecords.compactMap { record -> LiveTransaction? in
            if case .live(let transaction) = record.state { transaction } else { nil }
        }
        let all = live + (decodedAccount?.gapFillers ?? [])
        if Set(all.map(\.nonce)).count != all.count {
            violations.append("an account nonce is held twice")
        }
        for transaction in all {
            hashes.formUnion(transaction.attempts.map(\.hash))
            for (old, new) in zip(transaction.attempts, transaction.attempts.dropFirst()) {
                let isRaised =
                    new.fees.feePerGasMax * 10 >= old.fees.feePerGasMax * 11
                    && new.fees.priorityFeePerGasMax * 10 >= old.fees.priorityFeePerGasMax * 11
                if !isRaised { violations.append("a replacement rises by less than 10 %") }
            }
        }
    }
}
