import Bytes
import TestSupport
import Testing

@testable import HTTP2

/// Blocks are judged by RFC 7541 appendix C and by the `hpack` package.
@Suite struct HPACKTests {
    /// Appendix C.3 to C.6: three messages on one table each, requests and responses, with and without
    /// Huffman coding; responses with a table of 256 bytes, so that entries are evicted.
    @Test(arguments: AppendixC.sequences)
    func appendixCIsDecoded(sequence: AppendixC.Sequence) throws {
        var decoder = HPACKDecoder(tableByteCountMax: sequence.tableByteCountMax)
        for message in sequence.messages {
            let block = try #require(Hex.decode(message.block))
            var list = HTTP2HeaderList()
            let fits = try decoder.decode(block.span, into: &list)
            #expect(fits)
            #expect(list == HTTP2HeaderList(message.fields))
            #expect(decoder.tableByteCount == message.tableByteCount)
        }
    }

    /// Appendix C.4 again, as the encoder writes it: Huffman, incremental indexing. (Paths are not indexed
    /// here, and the appendix indexes them: these messages have only the static one.)
    @Test func encoderWritesWhatAppendixCDoes() {
        var encoder = HPACKEncoder()
        var first: [UInt8] = []
        let fields = [
            (":method", "GET"), (":scheme", "http"), (":path", "/"),
            (":authority", "www.example.com"),
        ]
        encoder.encode(HTTP2HeaderList(fields), to: &first)
        #expect(Hex.encode(first) == "828684418cf1e3c2e5f23a6ba0ab90f4ff")
        var second: [UInt8] = []
        let more = fields + [("cache-control", "no-cache")]
        encoder.encode(HTTP2HeaderList(more), to: &second)
        #expect(Hex.encode(second) == "828684be5886a8eb10649cbf")
    }

    /// Appendix C.1, and the edges of each prefix.
    @Test func integersHaveTheirOneForm() throws {
        for prefixBitCount in 1...8 {
            let edge = 1 << prefixBitCount - 1
            for value in [0, 1, edge - 1, edge, edge + 1, edge + 127, edge + 128, 1337, 1 << 28] {
                var bytes: [UInt8] = []
                HPACKInteger.encode(value, prefixBitCount: prefixBitCount, flags: 0, to: &bytes)
                var offset = 0
                let decoded = try HPACKInteger.decode(
                    bytes.span, at: &offset, prefixBitCount: prefixBitCount)
                #expect(decoded == value && offset == bytes.count)
                for cut in 0..<bytes.count {
                    var offset = 0
                    #expect(throws: HPACKError.truncated) {
                        try HPACKInteger.decode(
                            Array(bytes.prefix(cut)).span, at: &offset,
                            prefixBitCount: prefixBitCount)
                    }
                }
            }
        }
        var bytes: [UInt8] = []
        HPACKInteger.encode(1337, prefixBitCount: 5, flags: 0, to: &bytes)
        #expect(bytes == [31, 154, 10])
        for tooLarge: [UInt8] in [
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xff, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ] {
            var offset = 0
            #expect(throws: HPACKError.integerTooLarge) {
                try HPACKInteger.decode(tooLarge.span, at: &offset, prefixBitCount: 8)
            }
        }
    }

    @Test func huffmanPaddingAndEndOfStringAreChecked() throws {
        let code = HPACKHuffman.shared
        for symbol in UInt8.min...UInt8.max {
            for count in 1...9 {
                let text = [UInt8](repeating: symbol, count: count)
                var coded: [UInt8] = []
                code.encode(text.span, to: &coded)
                #expect(coded.count == code.codedByteCount(text.span))
                var decoded: [UInt8] = []
                try code.decode(coded.span, to: &decoded)
                #expect(decoded == text)
            }
        }
        for bad: [UInt8] in [
            [0xff], [0xff, 0xff], [0xff, 0xff, 0xff, 0xff], [0x00], [0x1f, 0xff], [0x18],
            [0x07, 0xff, 0xff, 0xff, 0xfc], [0xfe],
        ] {
            var output: [UInt8] = []
            #expect(throws: HPACKError.huffman, "\(bad)") {
                try code.decode(bad.span, to: &output)
            }
        }
    }

    /// Blocks by `hpack`, decoded here, the table size changing under way.
    @Test(arguments: [20261, 20262, 20263])
    func blocksByPythonAreDecoded(seed: Int) throws {
        let lines = try PythonOracle.lines(
            "HTTP2Tests/Oracles/hpack_oracle.py", ["encode", "\(seed)", "400"])
        #expect(lines.count == 400)
        var decoder = HPACKDecoder()
        for line in lines {
            let parts = line.split(separator: " ")
            let block = try #require(Hex.decode(String(parts[0])))
            var list = HTTP2HeaderList()
            let fits = try decoder.decode(block.span, into: &list)
            #expect(fits)
            #expect(Self.text(list) == parts[1])
        }
    }

    /// Blocks by this encoder, decoded by `hpack`; the peer's table size changes under way, also twice
    /// between two blocks.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func blocksAreDecodedByPython(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var encoder = HPACKEncoder()
        var input = ""
        var expected: [String] = []
        for _ in 0..<300 {
            for _ in 0..<Int.random(in: 0...2, using: &random) where Bool.random(using: &random) {
                let size = [0, 31, 64, 200, 1000, 4096, 65_536].randomElement(using: &random) ?? 0
                encoder.allowTable(of: size)
                input += "size \(size)\n"
            }
            let list = Self.randomList(&random)
            var block: [UInt8] = []
            encoder.encode(list, to: &block)
            input += "block \(Hex.encode(block))\n"
            expected.append(Self.text(list))
        }
        let lines = try PythonOracle.lines(
            "HTTP2Tests/Oracles/hpack_oracle.py", ["decode"], input: input)
        #expect(lines == expected)
    }

    @Test func fieldsPastTheListLimitAreDroppedButKeepTheTable() throws {
        var encoder = HPACKEncoder()
        var decoder = HPACKDecoder()
        var block: [UInt8] = []
        let fields = (0..<20).map { ("x-field-\($0)", "value-\($0)") }
        encoder.encode(HTTP2HeaderList(fields), to: &block)
        var list = HTTP2HeaderList()
        let fits = try decoder.decode(block.span, into: &list, listByteCountMax: 100)
        #expect(!fits)
        #expect(list == HTTP2HeaderList(Array(fields.prefix(2))))
        var again: [UInt8] = []
        encoder.encode(HTTP2HeaderList(fields), to: &again)
        #expect(again.count == 20, "each field is one index")
        var second = HTTP2HeaderList()
        _ = try decoder.decode(again.span, into: &second)
        #expect(second == HTTP2HeaderList(fields))
    }

    @Test(arguments: [
        ("80", HPACKError.indexOutOfRange), ("be", .indexOutOfRange), ("ff00", .indexOutOfRange),
        ("7f00", .indexOutOfRange), ("40", .truncated), ("4001", .truncated),
        ("400161", .truncated),
        ("40016102", .truncated), ("3fe21f", .tableSizeUpdate), ("8220", .tableSizeUpdate),
        ("0f", .truncated), ("ffffffffffffff", .integerTooLarge), ("408100820000", .huffman),
    ])
    func malformedBlocksAreRefused(hex: String, error: HPACKError) throws {
        let block = try #require(Hex.decode(hex))
        #expect(throws: error) {
            var decoder = HPACKDecoder()
            var list = HTTP2HeaderList()
            _ = try decoder.decode(block.span, into: &list)
        }
    }

    /// Section 4.2: after a smaller limit was acknowledged, the next block starts by shrinking the table.
    @Test func aSmallerLimitMustBeConfirmed() throws {
        var decoder = HPACKDecoder()
        decoder.limitTable(to: 100)
        var list = HTTP2HeaderList()
        #expect(throws: HPACKError.tableSizeUpdate) {
            var copy = decoder
            _ = try copy.decode([0x82].span, into: &list)
        }
        let fits = try decoder.decode([0x20, 0x3f, 0x45, 0x82].span, into: &list)
        #expect(fits)
        #expect(list == HTTP2HeaderList([(":method", "GET")]))
    }

    /// Section 4.2: of several changes between two blocks, the smallest and the last are sent.
    @Test func theSmallestTableSizeIsSaid() {
        for (sizes, expected) in [
            ([0, 4_096], "203fe11f82"), ([100, 50, 200], "3f133fa90182"), ([50], "3f1382"),
            ([4_096], "82"), ([100_000], "82"), ([30, 0], "2082"),
        ] {
            var encoder = HPACKEncoder()
            for size in sizes { encoder.allowTable(of: size) }
            var block: [UInt8] = []
            encoder.encode(HTTP2HeaderList([(":method", "GET")]), to: &block)
            encoder.encode(HTTP2HeaderList([(":method", "GET")]), to: &block)
            #expect(Hex.encode(block) == expected + "82", "\(sizes)")
        }
    }

    /// Random bytes never trap, and what decodes stays within the limits.
    @Test func randomBlocksNeverTrap() {
        var random = SeededRandom(seed: 77)
        var decoder = HPACKDecoder()
        for _ in 0..<20_000 {
            let block = random.bytes(Int.random(in: 0...40, using: &random))
            var list = HTTP2HeaderList()
            let fits = try? decoder.decode(block.span, into: &list, listByteCountMax: 500)
            #expect(decoder.tableByteCount <= 4_096)
            #expect(fits == nil || list.listByteCount <= 500)
        }
    }

    static func text(_ list: HTTP2HeaderList) -> String {
        (0..<list.count).map {
            Hex.encode(Array(list.name(at: $0))) + "=" + Hex.encode(Array(list.value(at: $0)))
        }.joined(separator: ",")
    }

    private static func randomList(_ random: inout SeededRandom) -> HTTP2HeaderList {
        let names = [":status", "content-type", "x-a", "x-b", "server", "content-length", "vary"]
        var list = HTTP2HeaderList()
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let name = names.randomElement(using: &random) ?? ""
            let isRepeated = Bool.random(using: &random)
            let value =
                isRepeated
                ? Array("value \(random.next() % 5)".utf8)
                : random.bytes(Int.random(in: 0...60, using: &random))
            list.append(name, value, isSensitive: random.next() % 10 == 0)
        }
        return list
    }
}
