import Bytes
import TestSupport

@testable import PostingEngine

extension SeededRandom {
    mutating func hash() -> Hash32 { Hash32(words: next(), next(), next(), next()) }

    mutating func address() -> Address {
        Address(words: next(), next(), UInt32(truncatingIfNeeded: next()))
    }

    mutating func posting() -> Posting {
        Posting(
            jobID: JobID(hash()), consumer: address(), jobNonce: next(),
            isOrdered: Bool.random(using: &self),
            kind: PostingKind.allCases.randomElement(using: &self) ?? .offchainResult,
            contract: address(), createdAtMilliseconds: next(),
            calldata: bytes(Int.random(in: 0...300, using: &self)))
    }

    mutating func liveTransaction() -> LiveTransaction {
        let count = Int.random(in: 1...PostingLimits.attemptsMax, using: &self)
        let attempts = (0..<count).map { _ in
            let fee = next()
            return TransactionAttempt(
                purpose: Bool.random(using: &self) ? .call : .filler,
                fees: Fees(
                    feePerGasMax: fee,
                    priorityFeePerGasMax: UInt64.random(in: 0...fee, using: &self)),
                hash: hash())
        }
        return LiveTransaction(
            nonce: next() >> 1, gasLimit: next(), attempts: attempts,
            abandonReason: Bool.random(using: &self) ? "gegeben: \(next())" : nil)
    }

    mutating func record() -> PostingRecord {
        let state: PostingRecord.State =
            switch next() % 3 {
            case 0: .queued
            case 1: .live(liveTransaction())
            default: .dead(reason: "reason \(next()) ü")
            }
        return PostingRecord(
            posting: posting(), failureCount: UInt32(truncatingIfNeeded: next()), state: state)
    }

    mutating func account() -> AccountRecord {
        let count = Int.random(in: 0...4, using: &self)
        return AccountRecord(
            address: address(), chainID: next(), nextNonce: next() >> 1,
            gapFillers: (0..<count).map { _ in liveTransaction() })
    }
}
