import Testing

/// The examples of RFC 7541 appendix C.
enum AppendixC {
    struct Message: Sendable {
        let block: String
        let fields: [(String, String)]
        let tableByteCount: Int
    }

    struct Sequence: Sendable, CustomTestStringConvertible {
        let name: String
        let tableByteCountMax: Int
        let messages: [Message]
        var testDescription: String { name }
    }

    static let sequences = [
        Sequence(
            name: "C.2.1 literal with indexing", tableByteCountMax: 4096,
            messages: [
                Message(
                    block: "400a637573746f6d2d6b65790d637573746f6d2d686561646572",
                    fields: [("custom-key", "custom-header")], tableByteCount: 55)
            ]),
        Sequence(
            name: "C.2.2 literal without indexing", tableByteCountMax: 4096,
            messages: [
                Message(
                    block: "040c2f73616d706c652f70617468", fields: [(":path", "/sample/path")],
                    tableByteCount: 0)
            ]),
        Sequence(
            name: "C.2.3 literal never indexed", tableByteCountMax: 4096,
            messages: [
                Message(
                    block: "100870617373776f726406736563726574",
                    fields: [("password", "secret")], tableByteCount: 0)
            ]),
        Sequence(
            name: "C.3 requests", tableByteCountMax: 4096,
            messages: zip(
                [
                    "828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865",
                    "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
                ], requests
            ).map { Message(block: $0, fields: $1.fields, tableByteCount: $1.size) }),
        Sequence(
            name: "C.4 requests, Huffman", tableByteCountMax: 4096,
            messages: zip(
                [
                    "828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf",
                    "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
                ], requests
            ).map { Message(block: $0, fields: $1.fields, tableByteCount: $1.size) }),
        Sequence(
            name: "C.5 responses", tableByteCountMax: 256,
            messages: zip(
                [
                    "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a"
                        + "31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
                    "4803333037c1c0bf",
                    "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04"
                        + "677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49"
                        + "553b206d61782d6167653d333630303b2076657273696f6e3d31",
                ], responses
            ).map { Message(block: $0, fields: $1.fields, tableByteCount: $1.size) }),
        Sequence(
            name: "C.6 responses, Huffman", tableByteCountMax: 256,
            messages: zip(
                [
                    "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e"
                        + "919d29ad171863c78f0b97c8e9ae82ae43d3",
                    "4883640effc1c0bf",
                    "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7"
                        + "821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed"
                        + "4ee5b1063d5007",
                ], responses
            ).map { Message(block: $0, fields: $1.fields, tableByteCount: $1.size) }),
    ]

    private static let requests: [(fields: [(String, String)], size: Int)] = [
        (
            [
                (":method", "GET"), (":scheme", "http"), (":path", "/"),
                (":authority", "www.example.com"),
            ], 57
        ),
        (
            [
                (":method", "GET"), (":scheme", "http"), (":path", "/"),
                (":authority", "www.example.com"), ("cache-control", "no-cache"),
            ], 110
        ),
        (
            [
                (":method", "GET"), (":scheme", "https"), (":path", "/index.html"),
                (":authority", "www.example.com"), ("custom-key", "custom-value"),
            ], 164
        ),
    ]

    private static let responses: [(fields: [(String, String)], size: Int)] = [
        (
            [
                (":status", "302"), ("cache-control", "private"),
                ("date", "Mon, 21 Oct 2013 20:13:21 GMT"), ("location", "https://www.example.com"),
            ], 222
        ),
        (
            [
                (":status", "307"), ("cache-control", "private"),
                ("date", "Mon, 21 Oct 2013 20:13:21 GMT"), ("location", "https://www.example.com"),
            ], 222
        ),
        (
            [
                (":status", "200"), ("cache-control", "private"),
                ("date", "Mon, 21 Oct 2013 20:13:22 GMT"), ("location", "https://www.example.com"),
                ("content-encoding", "gzip"),
                ("set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"),
            ], 215
        ),
    ]
}
