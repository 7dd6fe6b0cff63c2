import NetworkIO
internal import Synchronization

/// Carries calls to the first of several servers that answers. It stays with a server until that one
/// fails, so that consecutive calls see one view of the chain.
final class RPCTransport: Sendable {
    private let client: HTTPClient
    private let urls: [String]
    private let timeoutMilliseconds: Int64
    private let observer: RPCObserver
    private let preferred = Mutex(0)

    init(
        client: HTTPClient, urls: [String], timeoutMilliseconds: Int64, observer: RPCObserver
    ) {
        precondition(
            (1...EthereumRPCLimits.serverCountMax).contains(urls.count),
            "the configuration names one to \(EthereumRPCLimits.serverCountMax) servers")
        self.client = client
        self.urls = urls
        self.timeoutMilliseconds = timeoutMilliseconds
        self.observer = observer
    }

    /// The answers to these calls, in order. Every server is tried once; the last one's error is
    /// thrown when none answers. Repeating is safe for every method used here: all of them only read,
    /// but eth_sendRawTransaction, where a transaction is the same however often it is sent.
    func call(_ calls: [RPCCall]) async throws(EthereumRPCError) -> [RPCAnswer] {
        precondition(
            (1...EthereumRPCLimits.batchCountMax).contains(calls.count),
            "a batch has at least one call and is bounded")
        let body = JSONRPC.request(calls)
        let first = preferred.withLock { $0 }
        var failure = EthereumRPCError.status(503)
        for attempt in urls.indices {
            let index = (first + attempt) % urls.count
            do throws(EthereumRPCError) {
                let answers = try await observed(calls, body, server: index)
                preferred.withLock { $0 = index }
                return answers
            } catch {
                guard error.isServersFault else { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func observed(
        _ calls: [RPCCall], _ body: [UInt8], server index: Int
    ) async throws(EthereumRPCError) -> [RPCAnswer] {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome: Result<[RPCAnswer], EthereumRPCError>
        do throws(EthereumRPCError) {
            outcome = .success(try await send(body, callCount: calls.count, to: urls[index]))
        } catch {
            outcome = .failure(error)
        }
        var failure: EthereumRPCError?
        if case .failure(let error) = outcome { failure = error }
        observer.requestEnded(
            RPCObserver.Request(
                method: calls[0].method, callCount: calls.count, serverIndex: index,
                duration: clock.now - start, error: failure))
        return try outcome.get()
    }

    private func send(
        _ body: [UInt8], callCount: Int, to url: String
    ) async throws(EthereumRPCError) -> [RPCAnswer] {
        let answer: HTTPClientAnswer
        do throws(HTTPClientError) {
            answer = try await client.post(
                url: url, body: body,
                headers: ["content-type": "application/json", "accept": "application/json"],
                timeoutMilliseconds: timeoutMilliseconds,
                responseByteCountMax: EthereumRPCLimits.answerByteCountMax)
        } catch {
            throw .transport(error)
        }
        guard answer.status == 200 else {
            throw Self.refusal(answer, callCount: callCount)
        }
        let answers = try JSONRPC.answers(answer.body, count: callCount)
        // An overloaded server may say so in every single answer.
        if case .failure(let error)? = answers.first, error.isOverload { throw .server(error) }
        return answers
    }

    /// Some servers send JSON-RPC errors with statuses of their own; those say more.
    private static func refusal(_ answer: HTTPClientAnswer, callCount: Int) -> EthereumRPCError {
        do throws(EthereumRPCError) {
            let answers = try JSONRPC.answers(answer.body, count: callCount)
            if case .failure(let error)? = answers.first { return .server(error) }
            return .status(answer.status)
        } catch {
            if case .server = error { return error }
            return .status(answer.status)
        }
    }
}
