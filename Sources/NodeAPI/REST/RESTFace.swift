internal import Bytes
internal import JobEngine

/// The REST face: finds the operation by method and path, reads, calls, writes.
package struct RESTFace<Operations: CoprocessorOperations>: Sendable {
    /// Takes the response, on any thread, once.
    package typealias Reply = @Sendable (RESTResponse) -> Void

    private let operations: Operations

    /// A face of `operations`.
    package init(operations: Operations) {
        self.operations = operations
    }

    /// Whether the request asks about the node rather than about jobs: all that an address for metrics
    /// serves.
    package static func isObservation(method: String, path: String) -> Bool {
        switch RESTRoute.match(method: method, path: path) {
        case .route(.health), .route(.readiness), .route(.metrics): true
        default: false
        }
    }

    /// Answers one request.
    package func handle(_ request: RESTRequest, reply: @escaping Reply) {
        switch RESTRoute.match(method: request.method, path: request.path) {
        case .notFound:
            reply(RESTResponse(APIError(.unknownRoute, "there is no \(request.path)")))
        case .methodNotAllowed(let allow):
            reply(Self.methodNotAllowed(request, allow: allow))
        case .route(let route):
            do throws(APIError) {
                try dispatch(route, request, reply)
            } catch {
                reply(RESTResponse(error))
            }
        }
    }

    private func dispatch(
        _ route: RESTRoute, _ request: RESTRequest, _ reply: @escaping Reply
    ) throws(APIError) {
        switch route {
        case .submitJob(let style): try submitJob(request, style, reply)
        case .submitProgram(let style): try submitProgram(request, style, reply)
        case .getResult: try getResult(request, reply)
        case .job(let id): try job(id, request, reply)
        case .cancelJob(let id): try cancelJob(id, request, reply)
        case .getPendingJobs:
            let fields = try fields(request, .infinityVM, ["consumer_address"])
            try pendingJobs(of: try fields.bytes("consumer_address"), reply)
        case .pendingJobs(let consumer):
            try pendingJobs(of: try RESTPathRules.bytes(consumer, of: "consumer"), reply)
        case .containsProgram:
            let fields = try fields(request, .infinityVM, ["program_id"])
            try containsProgram(try fields.bytes("program_id"), reply)
        case .program(let id): try program(id, reply)
        case .estimateJob: try estimateJob(request, reply)
        case .nextNonce(let consumer): try nextNonce(consumer, reply)
        case .health: reply(health { $0.isAlive })
        case .readiness: reply(health { $0.isReady })
        case .metrics: reply(metrics())
        case .openAPI: reply(RESTResponse(body: OpenAPIDocument.bytes))
        }
    }

    private func submitJob(
        _ request: RESTRequest, _ style: RESTStyle, _ reply: @escaping Reply
    ) throws(APIError) {
        let fields = try fields(
            request, style,
            ["request", "signature", "offchain_input", "state", "relay_strategy"])
        let submission = JobSubmission(
            request: try fields.bytes("request"), signature: try fields.bytes("signature"),
            offchainInput: try fields.bytes("offchain_input"), state: try fields.bytes("state"),
            relayStrategy: try fields.relayStrategy("relay_strategy"))
        operations.submitJob(submission) {
            Self.answer($0, reply) { RESTAnswers.bytes("job_id", $0.bytes, style) }
        }
    }

    private func submitProgram(
        _ request: RESTRequest, _ style: RESTStyle, _ reply: @escaping Reply
    ) throws(APIError) {
        let isBinary = request.contentType?.hasPrefix("application/octet-stream") ?? false
        let submission = isBinary ? try binaryProgram(request) : try jsonProgram(request, style)
        guard !submission.elf.isEmpty else {
            throw APIError(.programEmpty, "program elf must not be empty")
        }
        operations.submitProgram(submission) {
            Self.answer($0, reply) { RESTAnswers.bytes("program_id", $0.bytes, style) }
        }
    }

    private func jsonProgram(
        _ request: RESTRequest, _ style: RESTStyle
    ) throws(APIError) -> ProgramUpload {
        let fields = try fields(request, style, ["program_elf", "vm_type", "program_id"])
        let id = try fields.bytes("program_id")
        return ProgramUpload(
            elf: try fields.bytes("program_elf"), vm: try fields.vm("vm_type"),
            programID: id.isEmpty ? nil : try FieldRules.programID(id))
    }

    /// The ELF itself as the body, the rest in the query: `?vm_type=sp1&program_id=0x…`.
    private func binaryProgram(_ request: RESTRequest) throws(APIError) -> ProgramUpload {
        let query = try RESTQuery(request.query)
        guard let vm = query.text("vm_type").flatMap(ProgramVM.init(name:)) else {
            throw APIError(.invalidField, "vm_type in the query must be risc0 or sp1")
        }
        let id = try query.text("program_id").map { text throws(APIError) in
            try RESTPathRules.bytes(text, of: "program_id")
        }
        return ProgramUpload(
            elf: request.body, vm: vm, programID: try id.map(FieldRules.programID))
    }

    private func getResult(_ request: RESTRequest, _ reply: @escaping Reply) throws(APIError) {
        let fields = try fields(request, .infinityVM, ["job_id"])
        operations.job(try FieldRules.jobID(try fields.bytes("job_id")), waitSeconds: 0) {
            Self.answer($0, reply, RESTAnswers.getResult)
        }
    }

    private func job(
        _ id: String, _ request: RESTRequest, _ reply: @escaping Reply
    ) throws(APIError) {
        let seconds = request.query == nil ? 0 : try RESTQuery(request.query).seconds("wait")
        operations.job(
            try FieldRules.jobID(try RESTPathRules.bytes(id, of: "job id")),
            waitSeconds: min(seconds, NodeAPILimits.waitSecondsMax)
        ) {
            Self.answer($0, reply, RESTAnswers.job)
        }
    }

    /// The signature is in the body, `{"signature": …}`, or in the query: some clients send no body with
    /// DELETE.
    private func cancelJob(
        _ id: String, _ request: RESTRequest, _ reply: @escaping Reply
    ) throws(APIError) {
        let jobID = try FieldRules.jobID(try RESTPathRules.bytes(id, of: "job id"))
        var signature: [UInt8] = []
        if !request.body.isEmpty {
            signature = try fields(request, .tandem, ["signature"]).bytes("signature")
        } else if let text = try RESTQuery(request.query).text("signature") {
            signature = try RESTPathRules.bytes(text, of: "signature")
        }
        operations.cancelJob(jobID, signature: signature) {
            Self.answer($0, reply) { status in
                RESTAnswers.object { $0.field("status", status.name) }
            }
        }
    }

    private func pendingJobs(of consumer: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        operations.pendingNonces(of: try FieldRules.consumer(consumer)) {
            Self.answer($0, reply, RESTAnswers.pendingJobs)
        }
    }

    private func containsProgram(_ id: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        operations.containsProgram(try FieldRules.programID(id)) {
            Self.answer($0, reply) { contains in
                RESTAnswers.object { $0.field("contains", contains) }
            }
        }
    }

    private func program(_ text: String, _ reply: @escaping Reply) throws(APIError) {
        let id = try FieldRules.programID(try RESTPathRules.bytes(text, of: "program id"))
        operations.containsProgram(id) { result in
            switch result {
            case .success(true):
                reply(RESTResponse(body: RESTAnswers.bytes("program_id", id.bytes, .tandem)))
            case .success(false):
                reply(RESTResponse(APIError(.unknownProgram, "program \(id) is not registered")))
            case .failure(let error):
                reply(RESTResponse(error))
            }
        }
    }

    private func estimateJob(_ request: RESTRequest, _ reply: @escaping Reply) throws(APIError) {
        let fields = try fields(
            request, .tandem,
            ["program_id", "max_cycles", "onchain_input", "offchain_input", "state"])
        let estimate = EstimateRequest(
            programID: try FieldRules.programID(try fields.bytes("program_id")),
            maxCycles: try fields.number("max_cycles"),
            onchainInput: try fields.bytes("onchain_input"),
            offchainInput: try fields.bytes("offchain_input"), state: try fields.bytes("state"))
        operations.estimateJob(estimate) { Self.answer($0, reply, RESTAnswers.estimate) }
    }

    private func nextNonce(_ consumer: String, _ reply: @escaping Reply) throws(APIError) {
        let bytes = try RESTPathRules.bytes(consumer, of: "consumer")
        operations.nextNonce(of: try FieldRules.consumer(bytes)) {
            Self.answer($0, reply) { nonce in RESTAnswers.object { $0.field("nonce", nonce) } }
        }
    }

    private func health(_ isHealthy: (HealthReport) -> Bool) -> RESTResponse {
        let report = operations.health()
        let verdict = isHealthy(report)
        return RESTResponse(
            status: verdict ? 200 : 503, body: RESTAnswers.health(report, isHealthy: verdict))
    }

    private func metrics() -> RESTResponse {
        RESTResponse(
            contentType: "text/plain; version=0.0.4; charset=utf-8", body: operations.metricsText())
    }

    private func fields(
        _ request: RESTRequest, _ style: RESTStyle, _ known: Set<String>
    ) throws(APIError) -> RESTFields {
        try RESTFields(request, style: style, known: known)
    }

    private static func answer<Value>(
        _ result: Result<Value, APIError>, _ reply: Reply, _ body: (Value) -> [UInt8]
    ) {
        switch result {
        case .success(let value): reply(RESTResponse(body: body(value)))
        case .failure(let error): reply(RESTResponse(error))
        }
    }

    private static func methodNotAllowed(_ request: RESTRequest, allow: String) -> RESTResponse {
        let message = "\(request.path) does not take \(request.method); it takes \(allow)"
        var response = RESTResponse(APIError(.methodNotAllowed, message))
        response.headers.append((name: "allow", value: allow))
        return response
    }
}
