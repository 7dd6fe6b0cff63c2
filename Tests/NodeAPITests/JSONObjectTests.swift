import Testing

@testable import NodeAPI

@Suite struct JSONObjectTests {
    private func parse(_ text: String) throws(JSONObjectError) -> JSONObject {
        try JSONObject(parsing: Array(text.utf8))
    }

    @Test func readsFlatObjects() throws {
        let object = try parse(
            #" { "a" : "x\u00e9\ud83d\ude00\n\/" , "b":18446744073709551615,"c":true,"d":null } "#)
        #expect(object["a"] == .string("xé😀\n/"))
        #expect(object["b"] == .number(.max))
        #expect(object["c"] == .bool(true))
        #expect(object["d"] == .null)
        #expect(object["e"] == nil)
        #expect(try parse("{}").members.isEmpty)
    }

    @Test(arguments: [
        ("[]", JSONObjectError.notAnObject), ("\"a\"", .notAnObject), ("7", .notAnObject),
        (#"{"a":{}}"#, .nested(name: "a")), (#"{"a":["x"]}"#, .nested(name: "a")),
        (#"{"a":[[[["#, .tooDeep),
        (#"{"a":-1}"#, .notAnUnsignedInteger(name: "a")),
        (#"{"a":1.0}"#, .notAnUnsignedInteger(name: "a")),
        (#"{"a":1e3}"#, .notAnUnsignedInteger(name: "a")),
        (#"{"a":18446744073709551616}"#, .notAnUnsignedInteger(name: "a")),
    ])
    func refusesByName(text: String, expected: JSONObjectError) {
        #expect(throws: expected) { try parse(text) }
    }

    @Test(arguments: [
        "", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1}x"#, #"{"a":"\x"}"#,
        #"{"a":"\ud800"}"#, #"{"a":01}"#, #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":1}"#,
        #"{"a":"\ud800\u0041"}"#, #"{"a":"\u12"}"#, #"{a:1}"#, #"{"a":tru}"#, "{\"a\":\"\n\"}",
        #"{"a":"b"#, #"{"a":"\"#,
    ])
    func refusesWhatIsNotJSON(text: String) throws {
        let error = try #require(throws: JSONObjectError.self) { try parse(text) }
        guard case .notJSON = error else {
            Issue.record("\(text) was refused as \(error)")
            return
        }
    }

    @Test func refusesOtherEncodings() {
        #expect(throws: JSONObjectError.self) {
            try JSONObject(parsing: [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])
        }
    }

    @Test func boundsTheNumberOfMembers() {
        let body = (0..<1000).map { "\"m\($0)\":1" }.joined(separator: ",")
        #expect(throws: JSONObjectError.tooManyMembers) { try parse("{\(body)}") }
    }

    /// Every prefix of a valid body is refused, none traps.
    @Test func everyTruncationIsRefused() throws {
        let whole = Array(#"{"a":"\u00e9\\","b":12,"c":false,"d":null}"#.utf8)
        _ = try JSONObject(parsing: whole)
        for count in 0..<whole.count {
            #expect(throws: JSONObjectError.self) {
                try JSONObject(parsing: Array(whole[..<count]))
            }
        }
    }
}
