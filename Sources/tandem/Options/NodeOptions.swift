internal import ArgumentParser
internal import NetworkIO

/// The exit codes of commands that ask a node.
enum NodeExitCode {
    static let failed = ExitCode(1)
    static let refused = ExitCode(2)
}

/// Which node a command speaks to.
struct NodeOptions: ParsableArguments {
    @Option(help: "The node's REST address.")
    var node = "http://127.0.0.1:8080"

    /// Runs `body` with a client, and prints what went wrong to standard error.
    func withClient<Answer>(_ body: (NodeClient) async throws -> Answer) async throws -> Answer {
        try await Self.withClient(of: node, body)
    }

    static func withClient<Answer>(
        of baseURL: String, _ body: (NodeClient) async throws -> Answer
    ) async throws -> Answer {
        let http = try HTTPClient()
        do {
            let answer = try await body(NodeClient(baseURL: baseURL, http: http))
            await http.shutdown()
            return answer
        } catch let error as NodeClientError {
            await http.shutdown()
            StandardError.print("error: \(error)")
            if case .refused = error { throw NodeExitCode.refused }
            throw NodeExitCode.failed
        } catch {
            await http.shutdown()
            throw error
        }
    }
}
