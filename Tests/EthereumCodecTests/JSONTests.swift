import Bytes
import EthereumCodec
import TestSupport
import Testing

@Suite struct JSONTests {
    /// Python's json module is the judge: both its spellings parse to the same value, and what we
    /// write parses to it again.
    @Test func textsOfTheOracleParse() throws {
        let lines = try PythonOracle.lines(
            "EthereumCodecTests/Oracles/json_texts.py", ["20261121", "1000"])
        #expect(lines.count == 1000)
        for line in lines {
            let texts = line.split(separator: " ").map { Hex.decode(String($0)) }
            let spaced = try JSONValue(parsing: try #require(texts[0]))
            let compact = try JSONValue(parsing: try #require(texts[1]))
            #expect(spaced == compact)
            #expect(try JSONValue(parsing: spaced.encoded()) == spaced)
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let text = Array(#" {"a":[1,-2.5e+3,true,null,{"b":"\u00e9\ud83d\ude00\n"}],"c":{}} "#.utf8)
        _ = try JSONValue(parsing: text)
        for count in 0..<(text.count - 1) {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text[..<count])) }
        }
    }

    @Test(arguments: [
        ("", JSONError.truncated),
        ("  ", .truncated),
        ("[1", .truncated),
        ("\"a", .truncated),
        ("\"\\", .truncated),
        ("tru", .truncated),
        ("[,]", .unexpectedByte(offset: 1)),
        ("[1,]", .unexpectedByte(offset: 3)),
        ("[1 2]", .unexpectedByte(offset: 3)),
        ("{1:2}", .unexpectedByte(offset: 1)),
        ("{\"a\" 2}", .unexpectedByte(offset: 5)),
        ("{\"a\":2,}", .unexpectedByte(offset: 7)),
        ("[1}", .unexpectedByte(offset: 2)),
        ("1 1", .unexpectedByte(offset: 2)),
        ("trux", .unexpectedByte(offset: 3)),
        ("NaN", .unexpectedByte(offset: 0)),
        ("'a'", .unexpectedByte(offset: 0)),
        ("\u{feff}1", .unexpectedByte(offset: 0)),
        ("\"\n\"", .unexpectedByte(offset: 1)),
        ("01", .invalidNumber(offset: 0)),
        ("-", .invalidNumber(offset: 0)),
        ("-a", .invalidNumber(offset: 0)),
        ("1.", .invalidNumber(offset: 0)),
        ("1.e1", .invalidNumber(offset: 0)),
        ("[1e]", .invalidNumber(offset: 1)),
        ("1e+", .invalidNumber(offset: 0)),
        ("+1", .unexpectedByte(offset: 0)),
        (".5", .unexpectedByte(offset: 0)),
        ("\"\\x\"", .invalidEscape(offset: 1)),
        ("\"\\u12g4\"", .invalidEscape(offset: 1)),
        ("\"\\u0x12\"", .invalidEscape(offset: 1)),
        ("\"\\ud800\"", .invalidEscape(offset: 1)),
        ("\"\\ud800\\n\"", .invalidEscape(offset: 1)),
        ("\"\\ud800\\ud800\"", .invalidEscape(offset: 1)),
        ("\"\\udc00\"", .invalidEscape(offset: 1)),
        ("{\"a\":1,\"b\":2,\"a\":3}", .duplicateName("a")),
        ("{\"a\":1,\"\\u0061\":3}", .duplicateName("a")),
    ])
    func wrongTextsAreRefused(text: String, expected: JSONError) {
        #expect(throws: expected) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(!expected.description.isEmpty)
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        for bytes: [UInt8] in [
            [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80],
        ] {
            #expect(throws: JSONError.invalidUTF8) {
                try JSONValue(parsing: [0x22] + bytes + [0x22])
            }
        }
    }

    @Test func limitsHold() throws {
        let depthMax = EthereumCodecLimits.jsonDepthMax
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let allowed = nested(depthMax, open, close)
            _ = try JSONValue(parsing: allowed)
            #expect(throws: JSONError.tooDeep(depthMax: depthMax)) {
                try JSONValue(parsing: nested(depthMax + 1, open, close))
            }
            #expect(throws: JSONError.tooDeep(depthMax: depthMax)) {
                try JSONValue(parsing: nested(1_000_000, open, close))
            }
            #expect(throws: JSONError.tooLong(byteCountMax: allowed.count - 1)) {
                try JSONValue(parsing: allowed, byteCountMax: allowed.count - 1)
            }
        }
    }

    /// Time grows with the length, not with its square.
    @Test func longArraysAndObjectsParse() throws {
        let array = "[" + String(repeating: "1,", count: 200_000) + "1]"
        guard case .array(let elements) = try JSONValue(parsing: Array(array.utf8)) else { return }
        #expect(elements.count == 200_001)
        let members = (0..<50_000).map { "\"\($0)\":[]" }.joined(separator: ",")
        let object = try JSONValue(parsing: Array("{\(members)}".utf8))
        #expect(object["49999"] == .array([]))
    }

    /// Random tokens: it answers, whatever they are, and what it takes it writes back equal.
    @Test func tokenSoupNeverTraps() throws {
        var random = SeededRandom(seed: 9)
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "1", "-", "0", ".", "e", "true", "null",
            " ", "\\", "\\u", "d83d", "\"\\ud83d\\ude00\"", "{}", "[]", "\"b\":",
        ]
        for _ in 0..<50_000 {
            let count = Int.random(in: 0...10, using: &random)
            let picks = (0..<count).map { _ in
                tokens[Int.random(in: 0..<tokens.count, using: &random)]
            }
            let text = Array(picks.joined().utf8)
            guard let value = try? JSONValue(parsing: text) else { continue }
            #expect(try JSONValue(parsing: value.encoded()) == value)
        }
    }

    private func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
        Array(
            (String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth))
                .utf8)
    }
}
