/// The two ways of writing bytes in JSON.
enum RESTStyle: Sendable {
    /// `/v1/coprocessor_node/…`, as InfinityVM's gateway writes: hexadecimal without a prefix.
    case infinityVM
    /// `/v1/jobs` and its neighbours: hexadecimal with `0x`.
    case tandem

    /// What stands before the digits.
    var prefix: StaticString {
        switch self {
        case .infinityVM: ""
        case .tandem: "0x"
        }
    }
}

/// What a REST request asks for; DESIGN section 3.
enum RESTRoute: Sendable, Equatable {
    case submitJob(RESTStyle)
    case submitProgram(RESTStyle)
    case getResult
    case job(id: String)
    case cancelJob(id: String)
    case getPendingJobs
    case pendingJobs(consumer: String)
    case containsProgram
    case program(id: String)
    case estimateJob
    case nextNonce(consumer: String)
    case health
    case readiness
    case metrics
    case openAPI
}

/// What the routing table says of a method and a path.
enum RESTMatch: Sendable, Equatable {
    case route(RESTRoute)
    /// The path exists, with these methods.
    case methodNotAllowed(allow: String)
    case notFound
}

extension RESTRoute {
    /// The route of a request; `path` has no query.
    static func match(method: String, path: String) -> RESTMatch {
        let candidates = routes(path: path)
        if let found = candidates.first(where: { $0.method == method }) {
            return .route(found.route)
        }
        // HEAD is GET without the body, which the connection leaves out.
        if method == "HEAD", let found = candidates.first(where: { $0.method == "GET" }) {
            return .route(found.route)
        }
        guard !candidates.isEmpty else { return .notFound }
        return .methodNotAllowed(allow: candidates.map(\.method).joined(separator: ", "))
    }

    private typealias Candidate = (method: String, route: RESTRoute)

    private static func routes(path: String) -> [Candidate] {
        // By bytes: a slash is one in UTF-8, and characters take several times as long to find.
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.first == "" else { return [] }
        switch parts.count {
        case 2: return rootRoutes(parts[1])
        case 3 where parts[1] == "v1": return collectionRoutes(parts[2])
        case 4 where parts[1] == "v1" && parts[2] == "coprocessor_node":
            return infinityVMRoutes(parts[3])
        case 4 where parts[1] == "v1": return itemRoutes(parts[2], id: parts[3])
        case 5 where parts[1] == "v1" && parts[2] == "consumers":
            return consumerRoutes(parts[4], consumer: parts[3])
        default: return []
        }
    }

    private static func rootRoutes(_ name: String) -> [Candidate] {
        switch name {
        case "healthz": [("GET", .health)]
        case "readyz": [("GET", .readiness)]
        case "metrics": [("GET", .metrics)]
        case "openapi.json": [("GET", .openAPI)]
        default: []
        }
    }

    private static func collectionRoutes(_ name: String) -> [Candidate] {
        switch name {
        case "jobs": [("POST", .submitJob(.tandem))]
        case "programs": [("POST", .submitProgram(.tandem))]
        case "estimates": [("POST", .estimateJob)]
        default: []
        }
    }

    private static func infinityVMRoutes(_ name: String) -> [Candidate] {
        switch name {
        case "submit_job": [("POST", .submitJob(.infinityVM))]
        case "submit_program": [("POST", .submitProgram(.infinityVM))]
        case "get_result": [("POST", .getResult)]
        case "get_pending_jobs": [("POST", .getPendingJobs)]
        case "contains_program": [("POST", .containsProgram)]
        default: []
        }
    }

    private static func itemRoutes(_ collection: String, id: String) -> [Candidate] {
        switch collection {
        case "jobs": [("GET", .job(id: id)), ("DELETE", .cancelJob(id: id))]
        case "programs": [("GET", .program(id: id))]
        default: []
        }
    }

    private static func consumerRoutes(_ name: String, consumer: String) -> [Candidate] {
        switch name {
        case "pending": [("GET", .pendingJobs(consumer: consumer))]
        case "nonce": [("GET", .nextNonce(consumer: consumer))]
        default: []
        }
    }
}
