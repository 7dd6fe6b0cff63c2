package import Bytes

/// The events of the JobManager contract.
package enum JobManagerEvent: Hashable, Sendable {
    /// A consumer asked for a job onchain.
    case jobCreated(JobCreated)

    /// A job will not run.
    case jobCancelled(JobID)

    /// A result was delivered to the consumer.
    case jobCompleted(jobID: JobID, result: [UInt8])

    /// The arguments of JobCreated.
    package struct JobCreated: Hashable, Sendable {
        package var jobID: JobID
        package var nonce: UInt64
        package var consumer: Address
        package var maxCycles: UInt64
        package var programID: [UInt8]
        package var onchainInput: [UInt8]

        package init(
            jobID: JobID, nonce: UInt64, consumer: Address, maxCycles: UInt64,
            programID: [UInt8], onchainInput: [UInt8]
        ) {
            self.jobID = jobID
            self.nonce = nonce
            self.consumer = consumer
            self.maxCycles = maxCycles
            self.programID = programID
            self.onchainInput = onchainInput
        }
    }

    /// The first topic of JobCreated.
    package static let jobCreatedTopic = ABI.eventTopic(
        "JobCreated(bytes32,uint64,address,uint64,bytes,bytes)")

    /// The first topic of JobCancelled.
    package static let jobCancelledTopic = ABI.eventTopic("JobCancelled(bytes32)")

    /// The first topic of JobCompleted.
    package static let jobCompletedTopic = ABI.eventTopic("JobCompleted(bytes32,bytes)")

    /// The event in a log; nil when the log is of another event. Which contract emitted it is for the
    /// caller to check.
    package static func decode(_ log: EventLog) throws(ABIError) -> JobManagerEvent? {
        switch log.topics.first {
        case jobCreatedTopic:
            return .jobCreated(try JobCreated(log))
        case jobCancelledTopic:
            let jobID = try jobID("JobCancelled", in: log, topicCount: 2)
            try ABIReader(log.data.span, fieldCount: 0, name: "JobCancelled").finish("JobCancelled")
            return .jobCancelled(jobID)
        case jobCompletedTopic:
            let jobID = try jobID("JobCompleted", in: log, topicCount: 2)
            var reader = try ABIReader(log.data.span, fieldCount: 1, name: "JobCompleted")
            let result = try reader.readBytes("result", in: log.data.span)
            try reader.finish("JobCompleted")
            return .jobCompleted(jobID: jobID, result: result)
        default:
            return nil
        }
    }

    /// The second topic of a log that must have `topicCount` of them.
    fileprivate static func jobID(
        _ event: String, in log: EventLog, topicCount: Int
    ) throws(ABIError) -> JobID {
        guard log.topics.count >= topicCount else { throw .truncated(field: event) }
        guard log.topics.count == topicCount else { throw .trailingBytes(field: event) }
        return JobID(log.topics[1])
    }
}

extension JobManagerEvent.JobCreated {
    /// The arguments in the topics and the data of a log.
    init(_ log: EventLog) throws(ABIError) {
        jobID = try JobManagerEvent.jobID("JobCreated", in: log, topicCount: 4)
        let indexed = log.topics[2].bytes + log.topics[3].bytes
        var topics = try ABIReader(indexed.span, fieldCount: 2, name: "JobCreated")
        nonce = try topics.readUInt64("nonce", in: indexed.span)
        consumer = try topics.readAddress("consumer", in: indexed.span)
        var reader = try ABIReader(log.data.span, fieldCount: 3, name: "JobCreated")
        maxCycles = try reader.readUInt64("maxCycles", in: log.data.span)
        programID = try reader.readBytes("programID", in: log.data.span)
        onchainInput = try reader.readBytes("onchainInput", in: log.data.span)
        try reader.finish("JobCreated")
    }
}
