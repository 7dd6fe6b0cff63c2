internal import Bytes
internal import NetworkIO
internal import NodeAPI

/// Speaks to a node over its REST face.
struct NodeClient {
    private static let timeoutMilliseconds: Int64 = 90_000
    private static let answerByteCountMax = 64 << 20

    let baseURL: String
    let http: HTTPClient

    /// A client of the node at `baseURL`.
    init(baseURL: String, http: HTTPClient) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.http = http
    }

    /// Submits a job; returns its id.
    func submitJob(
        _ job: SignedJob, offchainInput: [UInt8], state: [UInt8], ordered: Bool
    ) async throws -> String {
        var body = JSONWriter(capacity: 2 * (job.request.count + offchainInput.count) + 1024)
        body.beginObject()
        body.field("request", Hex.encodePrefixed(job.request))
        body.field("signature", Hex.encodePrefixed(job.signature))
        body.field("offchain_input", Hex.encodePrefixed(offchainInput))
        body.field("state", Hex.encodePrefixed(state))
        body.field("relay_strategy", ordered ? "ordered" : "unordered")
        body.endObject()
        return try text("job_id", of: try await post("/v1/jobs", body.bytes))
    }

    /// A job, its members as the node sends them.
    func job(_ id: String, waitSeconds: UInt64) async throws -> JSONObject {
        try await get("/v1/jobs/\(id)" + (waitSeconds > 0 ? "?wait=\(waitSeconds)" : ""))
    }

    /// The smallest nonce above all that the consumer has used at this node.
    func nextNonce(of consumer: Address) async throws -> UInt64 {
        let answer = try await get("/v1/consumers/\(consumer)/nonce")
        guard case .number(let nonce) = answer["nonce"] else {
            throw NodeClientError.unreadable("nonce is missing")
        }
        return nonce
    }

    /// Cancels a job; returns its status.
    func cancelJob(_ id: JobID, signature: [UInt8]) async throws -> String {
        let query = "?signature=" + Hex.encodePrefixed(signature)
        let answer = try await answer { client throws(HTTPClientError) in
            try await client.delete(
                url: baseURL + "/v1/jobs/\(id)" + query,
                timeoutMilliseconds: Self.timeoutMilliseconds,
                responseByteCountMax: Self.answerByteCountMax)
        }
        return try text("status", of: answer)
    }

    /// Registers a program; returns its id.
    func submitProgram(elf: [UInt8], vm: String, id: ProgramID?) async throws -> String {
        let query = "?vm_type=\(vm)" + (id.map { "&program_id=\($0)" } ?? "")
        let answer = try await post("/v1/programs" + query, elf, type: "application/octet-stream")
        return try text("program_id", of: answer)
    }

    /// Whether a program is registered.
    func containsProgram(_ id: ProgramID) async throws -> Bool {
        do {
            _ = try await get("/v1/programs/\(id)")
            return true
        } catch NodeClientError.refused(404, _, _) {
            return false
        }
    }

    /// The members of a GET's answer.
    func get(_ path: String) async throws -> JSONObject {
        try await answer { client throws(HTTPClientError) in
            try await client.get(
                url: baseURL + path, timeoutMilliseconds: Self.timeoutMilliseconds,
                responseByteCountMax: Self.answerByteCountMax)
        }
    }

    /// The members of a POST's answer.
    func post(
        _ path: String, _ body: [UInt8], type: String = "application/json"
    ) async throws -> JSONObject {
        try await answer { client throws(HTTPClientError) in
            try await client.post(
                url: baseURL + path, body: body, headers: ["content-type": type],
                timeoutMilliseconds: Self.timeoutMilliseconds,
                responseByteCountMax: Self.answerByteCountMax)
        }
    }

    /// The body of a GET's answer, whatever JSON it is.
    func getText(_ path: String) async throws -> String {
        let body = try await body { client throws(HTTPClientError) in
            try await client.get(url: baseURL + path)
        }
        return String(decoding: body, as: UTF8.self)
    }

    private typealias Request = (HTTPClient) async throws(HTTPClientError) -> HTTPClientAnswer

    private func answer(_ request: Request) async throws -> JSONObject {
        let body = try await body(request)
        do throws(JSONObjectError) {
            return try JSONObject(parsing: body)
        } catch {
            throw NodeClientError.unreadable("\(error)")
        }
    }

    private func body(_ request: Request) async throws -> [UInt8] {
        let answer: HTTPClientAnswer
        do throws(HTTPClientError) {
            answer = try await request(http)
        } catch {
            throw NodeClientError.unreachable(baseURL, "\(error)")
        }
        guard answer.status == 200 else {
            let refusal = try? JSONObject(parsing: answer.body)
            throw NodeClientError.refused(
                answer.status, reason: refusal?.text("reason") ?? "status \(answer.status)",
                message: refusal?.text("message") ?? "the node refused")
        }
        return answer.body
    }

    private func text(_ name: String, of object: JSONObject) throws -> String {
        guard let text = object.text(name) else {
            throw NodeClientError.unreadable("\(name) is missing")
        }
        return text
    }
}

/// Why a node did not do what it was asked.
enum NodeClientError: Error, CustomStringConvertible {
    case unreachable(String, String)
    case unreadable(String)
    case refused(Int, reason: String, message: String)

    var description: String {
        switch self {
        case .unreachable(let url, let message): "the node at \(url) cannot be reached: \(message)"
        case .unreadable(let message): "the node's answer cannot be read: \(message)"
        case .refused(_, let reason, let message): "\(message) (\(reason))"
        }
    }
}

extension JSONObject {
    /// The text of a string member; nil for anything else.
    func text(_ name: String) -> String? {
        guard case .string(let text) = self[name] else { return nil }
        return text
    }
}
