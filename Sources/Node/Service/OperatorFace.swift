internal import Bytes
internal import NetworkIO
internal import NodeAPI
internal import PostingEngine

/// What only the operator may see and do, on the metrics address: the outbox and its dead letters.
///
///     GET  /outbox                      {"postings": [{"job_id": "0x…", "state": "dead", …}, …]}
///     POST /outbox/{job id}/retry       takes a dead letter up again
final class OperatorFace: Sendable {
    private let poster: Poster
    private let persistence: StorePersistence

    init(poster: Poster, persistence: StorePersistence) {
        self.poster = poster
        self.persistence = persistence
    }

    func handle(_ request: HTTPRequest, path: String, reply: HTTPReply) {
        let parts = path.split(separator: "/")
        switch (request.method, parts.count) {
        case ("GET", 1) where parts[0] == "outbox":
            // One task for each look of the operator.
            Task { await list(reply) }
        case ("POST", 3) where parts[0] == "outbox" && parts[2] == "retry":
            retry(String(parts[1]), reply)
        default:
            reply.complete(
                Self.refusal(.unknownRoute, "there is no \(request.method) \(path) here"))
        }
    }

    private func list(_ reply: HTTPReply) async {
        do {
            let records = try await persistence.outboxRecords()
            var writer = JSONWriter(capacity: 256 * (records.count + 1))
            writer.beginObject()
            writer.beginArray("postings")
            for record in records { Self.write(record, to: &writer) }
            writer.endArray()
            writer.endObject()
            reply.complete(
                HTTPResponse(status: 200, contentType: "application/json", body: writer.bytes))
        } catch {
            reply.complete(Self.refusal(.storeFailed, "the outbox cannot be read: \(error)"))
        }
    }

    private static func write(_ record: PostingRecord, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("job_id", record.posting.jobID.description)
        writer.field("consumer", record.posting.consumer.description)
        writer.field("job_nonce", record.posting.jobNonce)
        writer.field("ordered", record.posting.isOrdered)
        writer.field("failures", UInt64(record.failureCount))
        switch record.state {
        case .queued: writer.field("state", "queued")
        case .live: writer.field("state", "live")
        case .dead(let reason):
            writer.field("state", "dead")
            writer.field("reason", reason)
        }
        writer.endObject()
    }

    private func retry(_ text: String, _ reply: HTTPReply) {
        guard let id = JobID(hex: text) else {
            return reply.complete(Self.refusal(.invalidField, "job ID must be 32 bytes in length"))
        }
        Task {
            do {
                guard let record = try await persistence.record(of: id) else {
                    return reply.complete(
                        Self.refusal(.unknownJob, "the outbox has no posting of job \(id)"))
                }
                guard case .dead = record.state else {
                    return reply.complete(
                        Self.refusal(.jobFinished, "the posting of job \(id) is not a dead letter"))
                }
                poster.retry(id)
                var writer = JSONWriter()
                writer.beginObject()
                writer.field("job_id", id.description)
                writer.field("retried", true)
                writer.endObject()
                reply.complete(
                    HTTPResponse(status: 200, contentType: "application/json", body: writer.bytes))
            } catch {
                reply.complete(Self.refusal(.storeFailed, "the outbox cannot be read: \(error)"))
            }
        }
    }

    private static func refusal(_ reason: APIReason, _ message: String) -> HTTPResponse {
        let response = RESTResponse(APIError(reason, message))
        return HTTPResponse(
            status: response.status, contentType: response.contentType, body: response.body)
    }
}
