package import Bytes

/// Which call of the JobManager carries the result.
package enum PostingKind: UInt8, Sendable, CaseIterable {
    /// `submitResultForOffchainJob`, for jobs that came in over the API.
    case offchainResult = 0
    /// `submitResult`, for jobs created on the chain.
    case onchainResult = 1
}

/// One signed result on its way to a contract: what is to be called, for which job.
package struct Posting: Hashable, Sendable {
    /// The job whose result this is.
    package let jobID: JobID
    /// The contract that asked for the job; ordering is per consumer.
    package let consumer: Address
    /// The job's nonce, by which ordered postings of one consumer are sorted. Not an account nonce.
    package let jobNonce: UInt64
    /// Whether the posting waits for the ordered jobs of its consumer with smaller nonces.
    package let isOrdered: Bool
    /// Which call the calldata makes.
    package let kind: PostingKind
    /// The JobManager to call.
    package let contract: Address
    /// When the result was made, in milliseconds since 1970: the order of service after a restart.
    package let createdAtMilliseconds: UInt64
    /// The call: selector and ABI-encoded arguments. The engine drops it from memory while a
    /// posting waits.
    package internal(set) var calldata: [UInt8]

    /// A posting made of its parts.
    package init(
        jobID: JobID, consumer: Address, jobNonce: UInt64, isOrdered: Bool, kind: PostingKind,
        contract: Address, createdAtMilliseconds: UInt64, calldata: [UInt8]
    ) {
        self.jobID = jobID
        self.consumer = consumer
        self.jobNonce = jobNonce
        self.isOrdered = isOrdered
        self.kind = kind
        self.contract = contract
        self.createdAtMilliseconds = createdAtMilliseconds
        self.calldata = calldata
    }
}
