import Bytes
import EthereumCodec

/// One call: a method and its parameters.
struct RPCCall {
    let method: String
    let parameters: [JSONValue]

    init(_ method: String, _ parameters: [JSONValue] = []) {
        self.method = method
        self.parameters = parameters
    }

    fileprivate func object(id: Int) -> JSONValue {
        .object([
            JSONMember("jsonrpc", .string("2.0")), JSONMember("id", .number(String(id))),
            JSONMember("method", .string(method)), JSONMember("params", .array(parameters)),
        ])
    }
}

/// What a server answered to one call.
typealias RPCAnswer = Result<JSONValue, ServerError>

/// JSON-RPC 2.0 requests and answers as bytes. A single call is sent as an object, several as a batch.
enum JSONRPC {
    /// The request body for these calls; their ids are 1, 2, 3, ….
    static func request(_ calls: [RPCCall]) -> [UInt8] {
        let objects = calls.enumerated().map { $1.object(id: $0 + 1) }
        return (objects.count == 1 ? objects[0] : .array(objects)).encoded()
    }

    /// The answers in the order of the calls. Every call must be answered once; a batch may also be
    /// refused as a whole.
    static func answers(
        _ body: [UInt8], count: Int
    ) throws(EthereumRPCError) -> [RPCAnswer] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(
                parsing: body, byteCountMax: EthereumRPCLimits.answerByteCountMax,
                depthMax: EthereumRPCLimits.answerDepthMax)
        } catch {
            throw .malformedAnswer("not JSON: \(error)")
        }
        guard case .array(let elements) = value else {
            return [try single(value, count: count)]
        }
        guard elements.count == count else {
            throw .malformedAnswer("\(elements.count) answers to \(count) calls")
        }
        var answers: [RPCAnswer?] = Array(repeating: nil, count: count)
        for element in elements {
            let (id, answer) = try parse(element)
            guard let id, (1...count).contains(id), answers[id - 1] == nil else {
                throw .malformedAnswer("id")
            }
            answers[id - 1] = answer
        }
        return answers.compactMap { $0 }
    }

    private static func single(
        _ value: JSONValue, count: Int
    ) throws(EthereumRPCError) -> RPCAnswer {
        let (id, answer) = try parse(value)
        if case .failure(let error) = answer, count > 1 || id == nil {
            throw .server(error)
        }
        guard count == 1, id == 1 else { throw .malformedAnswer("id") }
        return answer
    }

    /// The id (nil for null) and the result or error of one answer object.
    private static func parse(
        _ value: JSONValue
    ) throws(EthereumRPCError) -> (id: Int?, answer: RPCAnswer) {
        guard value["jsonrpc"]?.asString == "2.0" else { throw .malformedAnswer("jsonrpc") }
        let id = value["id"]?.asUInt64.flatMap { Int(exactly: $0) }
        switch (value["result"], value["error"]) {
        case (let result?, nil), (let result?, .null?):
            guard id != nil else { throw .malformedAnswer("id") }
            return (id, .success(result))
        case (nil, let error?), (.null?, let error?):
            return (id, .failure(try serverError(error)))
        default:
            throw .malformedAnswer("neither result nor error")
        }
    }

    private static func serverError(
        _ value: JSONValue
    ) throws(EthereumRPCError) -> ServerError {
        guard case .number(let text)? = value["code"], let code = Int64(text),
            let message = value["message"]?.asString
        else { throw .malformedAnswer("error") }
        return ServerError(code: code, message: message, revertData: revertData(value["data"]))
    }

    /// The bytes of a revert: geth and most others write them as hex, OpenEthereum behind the word
    /// "Reverted", Hardhat in an object.
    private static func revertData(_ value: JSONValue?) -> [UInt8]? {
        switch value {
        case .string(let text)?:
            let hex = text.hasPrefix("Reverted ") ? String(text.dropFirst(9)) : text
            return hex.hasPrefix("0x") ? Hex.decode(hex) : nil
        case .object?:
            return value?["data"]?.asString.flatMap { Hex.decode($0) }
        default:
            return nil
        }
    }
}
