import Testing

@testable import NodeAPI

/// Text in JSON, by the rules of RFC 8259 section 7.
@Suite
struct JSONWriterTests {
    private func written(_ text: String) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("text", text)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", #"{"text":""}"#),
        ("plain", #"{"text":"plain"}"#),
        (#"""#, #"{"text":"\""}"#),
        (#"\"#, #"{"text":"\\"}"#),
        (#"a"b\c"#, #"{"text":"a\"b\\c"}"#),
        (#""at both ends""#, #"{"text":"\"at both ends\""}"#),
        ("\n\n", #"{"text":"\u000a\u000a"}"#),
        ("one\ttwo", #"{"text":"one\u0009two"}"#),
        ("naïve 🚲\u{7f}", "{\"text\":\"naïve 🚲\u{7f}\"}"),
    ])
    func escapesWhatMustBe(text: String, expected: String) {
        #expect(written(text) == expected)
    }

    @Test(arguments: UInt8(0)..<0x20)
    func escapesEveryControlCharacterAtEveryPlace(code: UInt8) {
        let digits = String(code, radix: 16)
        let escaped = "\\u00" + (digits.count == 1 ? "0" : "") + digits
        let control = String(Unicode.Scalar(code))
        for place in 0...4 {
            let before = String(repeating: "x", count: place)
            let after = String(repeating: "y", count: 4 - place)
            #expect(
                written(before + control + after) == "{\"text\":\"\(before)\(escaped)\(after)\"}")
        }
    }
}
