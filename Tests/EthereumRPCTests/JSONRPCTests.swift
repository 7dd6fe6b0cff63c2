import Bytes
import EthereumCodec
import Testing

@testable import EthereumRPC

@Suite("JSON-RPC requests and answers")
struct JSONRPCTests {
    private func answers(_ text: String, count: Int) throws -> [RPCAnswer] {
        try JSONRPC.answers(Array(text.utf8), count: count)
    }

    @Test("requests are objects or batches with ascending ids")
    func requests() {
        let one = JSONRPC.request([RPCCall("eth_chainId")])
        #expect(
            String(decoding: one, as: UTF8.self)
                == #"{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}"#)
        let two = JSONRPC.request([RPCCall("a"), RPCCall("b", [.quantity(16)])])
        #expect(
            String(decoding: two, as: UTF8.self)
                == #"[{"jsonrpc":"2.0","id":1,"method":"a","params":[]},"#
                + #"{"jsonrpc":"2.0","id":2,"method":"b","params":["0x10"]}]"#)
    }

    @Test("answers of a batch come in any order")
    func batch() throws {
        let text = """
            [{"jsonrpc":"2.0","id":2,"error":{"code":3,"message":"execution reverted",\
            "data":"0x08c379a0"}},{"jsonrpc":"2.0","id":1,"result":"0x1"}]
            """
        let both = try answers(text, count: 2)
        #expect(try both[0].value() == .string("0x1"))
        guard case .failure(let error) = both[1] else {
            Issue.record("no error")
            return
        }
        #expect(error.isRevert && error.revertData == [0x08, 0xc3, 0x79, 0xa0])
    }

    @Test(
        "malformed answers are refused",
        arguments: [
            "", "[]", "{}", "null", "7", "[", #"{"jsonrpc":"2.0","id":1}"#,
            #"{"jsonrpc":"1.0","id":1,"result":1}"#, #"{"id":1,"result":1}"#,
            #"{"jsonrpc":"2.0","id":2,"result":1}"#, #"{"jsonrpc":"2.0","id":"1","result":1}"#,
            #"{"jsonrpc":"2.0","result":1}"#, #"{"jsonrpc":"2.0","id":1,"result":1,"result":2}"#,
            #"{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}"#,
            #"{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":""}}"#,
            #"{"jsonrpc":"2.0","id":1,"error":{"code":1}}"#,
            #"{"jsonrpc":"2.0","id":1,"error":"no"}"#,
            #"{"jsonrpc":"2.0","id":18446744073709551615,"result":1}"#,
            #"[{"jsonrpc":"2.0","id":1,"result":1},{"jsonrpc":"2.0","id":2,"result":1}]"#,
            #"{"jsonrpc":"2.0","id":1,"result":"# + String(repeating: "[", count: 100_000),
        ])
    func malformed(text: String) {
        do throws(EthereumRPCError) {
            _ = try JSONRPC.answers(Array(text.utf8), count: 1)
            Issue.record("accepted")
        } catch .malformedAnswer {
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test(
        "a batch with an id twice, missing or unknown is refused; as a whole it may be refused too")
    func batchIDs() {
        for ids in [[1, 1], [0, 1], [2, 3], [1]] {
            let objects = ids.map { #"{"jsonrpc":"2.0","id":\#($0),"result":1}"# }
            let text = "[" + objects.joined(separator: ",") + "]"
            #expect(throws: EthereumRPCError.self) { try answers(text, count: 2) }
        }
        let refusal = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no batches"}}"#
        #expect(throws: EthereumRPCError.server(ServerError(code: -32600, message: "no batches"))) {
            try answers(refusal, count: 2)
        }
    }

    @Test("fields are checked")
    func fields() throws {
        for text in ["", "0x", "12", "0xg", "0x1 ", "0x" + String(repeating: "1", count: 65)] {
            #expect(throws: EthereumRPCError.self) { try JSONValue.string(text).uint256("f") }
        }
        #expect(throws: EthereumRPCError.self) {
            try JSONValue.string("0x1" + String(repeating: "0", count: 16)).uint64("f")
        }
        #expect(try JSONValue.string("0xffffffffffffffff").uint64("f") == .max)
        #expect(throws: EthereumRPCError.self) { try JSONValue.string("0x123").bytes("f") }
        #expect(throws: EthereumRPCError.self) { try JSONValue.string("1234").bytes("f") }
        #expect(throws: EthereumRPCError.self) {
            try JSONValue.string("0x12").fixed("f", as: Hash32.self)
        }
        #expect(throws: EthereumRPCError.self) { try JSONValue.number("1").uint64("f") }
    }

    @Test(
        "what servers write about transactions",
        arguments: [
            ("already known", nil),
            ("ALREADY_EXISTS: already known", nil),
            ("nonce too low: next nonce 5, tx nonce 4", .nonceTooLow),
            ("replacement transaction underpriced", .underpriced),
            ("max fee per gas less than block base fee: address 0x…", .underpriced),
            ("insufficient funds for gas * price + value: balance 0", .insufficientFunds),
            ("exceeds block gas limit", .permanent("exceeds block gas limit")),
            ("intrinsic gas too low: gas 1", .permanent("intrinsic gas too low: gas 1")),
            ("txpool is full", .temporary("txpool is full")),
            ("", .temporary("")),
        ] as [(String, BroadcastRefusal?)])
    func refusals(message: String, expected: BroadcastRefusal?) {
        #expect(BroadcastRefusal(message: message) == expected)
    }
}
