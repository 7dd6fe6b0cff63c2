internal import Bytes
internal import JobEngine

/// The bodies of answers.
enum RESTAnswers {
    /// `{name: hexadecimal}`.
    static func bytes(_ name: StaticString, _ bytes: [UInt8], _ style: RESTStyle) -> [UInt8] {
        object { $0.field(name, hex: bytes, prefix: style.prefix) }
    }

    /// `{"job_result": {…}}`, as InfinityVM writes it: enums as numbers, bytes without a prefix.
    static func getResult(_ answer: JobView) -> [UInt8] {
        object { writer in
            writer.beginObject("job_result")
            writeJob(answer, .infinityVM, to: &writer)
            writer.beginObject("status")
            writer.field("status", UInt64(answer.record.status.rawValue))
            if let failure = answer.record.failure {
                writer.field("failure_reason", failure.description)
            }
            writer.field("retries", UInt64(answer.record.retries))
            writer.endObject()
            writeRelayTransaction(answer.record, .infinityVM, to: &writer)
            writer.endObject()
        }
    }

    /// The job itself, its status by name, and what else the node knows of it.
    static func job(_ answer: JobView) -> [UInt8] {
        let record = answer.record
        return object { writer in
            writeJob(answer, .tandem, to: &writer)
            writer.field("status", record.status.name)
            if let failure = record.failure {
                writer.field("failure_reason", failure.description)
            } else {
                writer.nullField("failure_reason")
            }
            writer.field("retries", UInt64(record.retries))
            writer.field("cycles", record.cycles)
            writer.field(
                "relay_strategy", record.relayStrategy == .ordered ? "ordered" : "unordered")
            writer.field("submitted_at_ms", record.submittedAt)
            writer.field("status_changed_at_ms", record.statusChangedAt)
            writeRelayTransaction(record, .tandem, to: &writer)
        }
    }

    static func pendingJobs(_ nonces: [UInt64]) -> [UInt8] {
        object { writer in
            writer.beginArray("pending_jobs")
            for nonce in nonces { writer.element(nonce) }
            writer.endArray()
        }
    }

    static func estimate(_ answer: EstimateAnswer) -> [UInt8] {
        object { writer in
            writer.field("output", hex: answer.output, prefix: RESTStyle.tandem.prefix)
            writer.field("cycles", answer.cycles)
            writer.field("instructions", answer.instructions)
            if let reason = answer.failureReason {
                writer.field("failure_reason", reason)
            } else {
                writer.nullField("failure_reason")
            }
        }
    }

    static func health(_ report: HealthReport, isHealthy: Bool) -> [UInt8] {
        object { writer in
            writer.field("status", isHealthy ? "ok" : "unavailable")
            if !report.obstacles.isEmpty {
                writer.field("message", report.obstacles.joined(separator: "; "))
            }
        }
    }

    static func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        body(&writer)
        writer.endObject()
        return writer.bytes
    }

    private static func writeJob(
        _ answer: JobView, _ style: RESTStyle, to writer: inout JSONWriter
    ) {
        let record = answer.record
        writer.field("id", hex: record.id.bytes, prefix: style.prefix)
        writer.field("nonce", record.nonce)
        writer.field("max_cycles", record.maxCycles)
        writer.field("consumer_address", hex: record.consumer.bytes, prefix: style.prefix)
        writer.field("program_id", hex: record.programID.bytes, prefix: style.prefix)
        writer.field("onchain_input", hex: answer.onchainInput, prefix: style.prefix)
        writer.field(
            "offchain_input_hash", hex: record.offchainInputHash.bytes, prefix: style.prefix)
        writer.field("state_hash", hex: record.stateHash?.bytes ?? [], prefix: style.prefix)
        writer.field("request_signature", hex: answer.request.signature, prefix: style.prefix)
        let output = answer.output
        writer.field(
            "result_with_metadata", hex: output?.resultWithMetadata ?? [], prefix: style.prefix)
        writer.field(
            "zkvm_operator_signature", hex: output?.operatorSignature ?? [], prefix: style.prefix)
    }

    private static func writeRelayTransaction(
        _ record: JobRecord, _ style: RESTStyle, to writer: inout JSONWriter
    ) {
        let hash = JobResultMessage.relayTransaction(of: record)
        writer.field("relay_tx_hash", hex: hash?.bytes ?? [], prefix: style.prefix)
    }
}
