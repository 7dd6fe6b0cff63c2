import Bytes
import TestSupport
import Testing

@Suite struct HexTests {
    @Test func everyByteRoundTripsInBothCases() {
        let all = (0...255).map { UInt8($0) }
        #expect(Hex.decode(Hex.encode(all)) == all)
        #expect(Hex.decode(Hex.encode(all).uppercased()) == all)
        #expect(Hex.decode(Hex.encodePrefixed(all)) == all)
        #expect(Hex.encode([0, 0x0f, 0xa5]) == "000fa5")
    }

    @Test(arguments: ["0", "0x0", "xy", "0xzz", " 00", "00 ", "0x0x00", "é0"])
    func anythingElseIsRefused(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test func fixedWidthValuesKeepTheirBytes() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<200 {
            let bytes = random.bytes(32)
            let hash = try #require(Hash32(bytes))
            #expect(hash.bytes == bytes)
            #expect(Hash32(hex: hash.description) == hash)
            #expect(Address(lowBytesOf: hash).bytes == Array(bytes[12...]))
            #expect(Hash32(Array(bytes.dropLast())) == nil)
        }
    }

    @Test func orderIsTheOrderOfTheBytes() throws {
        var random = SeededRandom(seed: 8)
        for _ in 0..<200 {
            // Few distinct values, so that long common prefixes occur.
            let left = random.bytes(20).map { $0 & 1 }
            let right = random.bytes(20).map { $0 & 1 }
            let expected = left.lexicographicallyPrecedes(right)
            #expect((try #require(Address(left)) < #require(Address(right))) == expected)
        }
    }

    @Test func readerRefusesWhatIsNotThere() {
        var written: [UInt8] = [1]
        written.append(bigEndian: UInt16(0x0203))
        written.append(lengthPrefixed: [9, 8])
        for cut in 0..<written.count {
            var reader = ByteReader(written.span.extracting(0..<cut))
            let parts = (reader.readUInt8(), reader.readUInt16(), reader.readLengthPrefixed())
            #expect(parts.0 == nil || parts.1 == nil || parts.2 == nil)
        }
        var reader = ByteReader(written.span)
        let (first, second) = (reader.readUInt8(), reader.readUInt16())
        #expect(first == 1 && second == 0x0203)
        let (refused, rest) = (reader.readBytes(-1), reader.readLengthPrefixed())
        #expect(refused == nil && rest == [9, 8])
        let isAtEnd = reader.isAtEnd
        #expect(isAtEnd)
    }
}
