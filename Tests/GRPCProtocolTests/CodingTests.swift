import GRPCProtocol
import HTTP2
import TestSupport
import Testing

/// Percent-encoding, timeouts, metadata and framing by themselves.
@Suite struct CodingTests {
    @Test func percentEncodingHasTheFormOfTheSpecification() {
        #expect(PercentEncoding.encode("a b%c\n~\u{7f}é") == Array("a b%25c%0A~%7F%C3%A9".utf8))
        #expect(PercentEncoding.decode(Array("a%2g%C3%A9%4%".utf8)[...]) == "a%2gé%4%")
        #expect(PercentEncoding.decode([0x25, 0x46, 0x46][...]) == "\u{fffd}")
        // Whole characters only.
        #expect(PercentEncoding.encode("aéé", byteCountMax: 4) == Array("a%C3%A9".utf8))
        #expect(PercentEncoding.encode("aé", byteCountMax: 0) == [])
        var random = SeededRandom(seed: 3)
        for _ in 0..<500 {
            let text = String(decoding: random.bytes(Int(random.next() % 40)), as: UTF8.self)
            let coded = PercentEncoding.encode(text)
            #expect(coded.allSatisfy { (0x20...0x7e).contains($0) })
            #expect(PercentEncoding.decode(coded[...]) == text)
        }
    }

    @Test(
        arguments: [
            ("1H", 3_600_000_000_000), ("2M", 120_000_000_000), ("3S", 3_000_000_000),
            ("4m", 4_000_000), ("5u", 5_000), ("6n", 6), ("0n", 0), ("00000001S", 1_000_000_000),
            ("99999999H", GRPCTimeout.nanosecondsMax), ("99999999S", 99_999_999_000_000_000),
            ("", nil), ("S", nil), ("1", nil), ("1s", nil), ("-1S", nil), ("123456789S", nil),
            ("1 S", nil), ("1SS", nil), ("0x1S", nil),
        ] as [(String, UInt64?)])
    func timeoutsAreParsed(text: String, nanoseconds: UInt64?) {
        #expect(GRPCTimeout.parse(Array(text.utf8)[...]) == nanoseconds)
    }

    @Test func timeoutsAreRoundedUpToEightDigits() {
        #expect(GRPCTimeout.text(nanoseconds: 99_999_999) == "99999999n")
        #expect(GRPCTimeout.text(nanoseconds: 100_000_001) == "100001u")
        #expect(GRPCTimeout.text(nanoseconds: .max) == "5124096H")
        var random = SeededRandom(seed: 4)
        for _ in 0..<1_000 {
            let nanoseconds = random.next() >> (random.next() % 63 + 1)
            let text = GRPCTimeout.text(nanoseconds: nanoseconds)
            let parsed = GRPCTimeout.parse(Array(text.utf8)[...])
            #expect(parsed.map { $0 >= min(nanoseconds, GRPCTimeout.nanosecondsMax) } == true)
            #expect(text.utf8.count <= 9)
        }
    }

    @Test func binaryMetadataIsBase64WithOrWithoutPadding() {
        var fields = HTTP2HeaderList()
        for (value, bytes) in [
            ("", []), ("AA", [0]), ("AA==", [0]), ("AAE", [0, 1]), ("AAE=", [0, 1]),
            ("AAEC", [0, 1, 2]), ("+/+/", [0xfb, 0xff, 0xbf]),
        ] as [(String, [UInt8])] {
            fields = HTTP2HeaderList([("k-bin", value)])
            #expect(GRPCMetadata(fields).binaryValues("k-bin") == [bytes], "\(value)")
        }
        for value in ["A", "AAAAA", "A=", "AA=", "AB", "AAF", "A A", "AA-_", "====", "AAE==", "é"] {
            fields = HTTP2HeaderList([("k-bin", value)])
            #expect(GRPCMetadata(fields).binaryValues("k-bin") == nil, "\(value)")
        }
        fields = HTTP2HeaderList([("k-bin", "AA, AQ==,Ag"), ("other", "x"), ("k-bin", "Aw")])
        #expect(GRPCMetadata(fields).binaryValues("k-bin") == [[0], [1], [2], [3]])
        #expect(GRPCMetadata(fields).binaryValues("none-bin") == [])
    }

    @Test func metadataKeysAndValuesAreChecked() {
        var metadata = GRPCMetadata()
        for (key, value) in [
            ("grpc-status", "1"), (":path", "/"), ("te", "x"), ("content-type", "x"), ("", "x"),
            ("Upper", "x"), ("sp ace", "x"), ("ok", "new\nline"), ("ok", "é"), ("ok", " x"),
            ("k-bin", "AA"),
        ] {
            let isAdded = metadata.append(key, value)
            #expect(!isAdded, "\(key)")
        }
        let isText = metadata.append("k", binary: [1])
        #expect(!isText && metadata.isEmpty)
        var random = SeededRandom(seed: 6)
        for count in 0..<40 {
            var one = GRPCMetadata()
            let bytes = random.bytes(count)
            let isAdded = one.append("a.b_c-bin", binary: bytes)
            #expect(isAdded && one.binaryValues("a.b_c-bin") == [bytes])
        }
    }

    /// Messages come out the same wherever the body is cut.
    @Test func theReaderDoesNotCareAboutPieces() throws {
        var random = SeededRandom(seed: 9)
        for _ in 0..<300 {
            let messages = (0..<Int(random.next() % 6)).map { _ in
                random.bytes(Int(random.next() % 30))
            }
            var body: ArraySlice<UInt8> = []
            for message in messages { body += [0, 0, 0, 0, UInt8(message.count)] + message }
            var reader = GRPCMessageReader()
            var received: [[UInt8]] = []
            while !body.isEmpty {
                let piece = body.prefix(Int(random.next() % 12) + 1)
                body = body.dropFirst(piece.count)
                reader.append(Array(piece))
                while let message = try reader.nextMessage() { received.append(message) }
                if body.isEmpty { try reader.finish() }
            }
            #expect(received == messages)
        }
        var cut = GRPCMessageReader()
        cut.append([0, 0, 0, 0, 2, 1])
        #expect(try cut.nextMessage() == nil)
        #expect(throws: GRPCStatus.self) { try cut.finish() }
        var limits = GRPCLimits()
        limits.messageByteCountMax = 10
        var small = GRPCMessageReader(limits: limits)
        small.append([0, 0, 0, 0, 11])
        #expect(throws: GRPCStatus.self) { try small.nextMessage() }
    }
}
