import Bytes
import EthCrypto
import TestSupport
import Testing

@Suite struct HashTests {
    /// eth-hash and Python's hashlib are the judges, for every length up to two and a half blocks.
    @Test func digestsMatchTheOracles() throws {
        let lines = try PythonOracle.lines("EthCryptoTests/Oracles/hashes.py", ["20261121", "700"])
        #expect(lines.count == 1000)
        var random = SeededRandom(seed: 1)
        for line in lines {
            let field = line.split(separator: " ").map(String.init)
            let bytes = try #require(Hex.decode(String(field[0].dropFirst())))
            #expect(Keccak256.hash(bytes).hex == field[1])
            #expect(SHA256.hash(bytes).hex == field[2])
            #expect(sha256ByBlocks(bytes).hex == field[2])
            // In pieces of random sizes, and asking for the digest twice.
            var hasher = Keccak256Hasher()
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...200, using: &random))
                hasher.update(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            #expect(hasher.finalize().hex == field[1])
            #expect(hasher.finalize().hex == field[1])
        }
    }

    /// The first state of the chain that starts from zero (Keccak team's KeccakF-1600 vectors).
    @Test func permutationOfZero() {
        var state = InlineArray<25, UInt64>(repeating: 0)
        Keccak.permute(&state)
        #expect(state[0] == 0xf125_8f79_40e1_dde7)
        #expect(state[1] == 0x84d5_ccf9_33c0_478a)
        #expect(state[24] == 0xeaf1_ff7b_5cec_a249)
        Keccak.permute(&state)
        #expect(state[0] == 0x2d5c_954d_f96e_cb3c)
    }

    /// The library's block function and our rounds over a schedule are the same function.
    @Test func roundsOverAScheduleAreTheBlockFunction() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<300 {
            let block = random.bytes(64)
            var byLibrary = SHA256.initialState
            byLibrary[0] = UInt32.random(in: 0 ... .max, using: &random)
            var byRounds = byLibrary
            SHA256.compress(state: &byLibrary, block: block.span)
            var schedule = InlineArray<64, UInt32>(repeating: 0)
            for index in 0..<16 { schedule[index] = block.span.bigEndianUInt32(at: 4 * index) }
            SHA256.extend(&schedule)
            SHA256.compress(state: &byRounds, schedule: schedule)
            #expect((0..<8).allSatisfy { byLibrary[$0] == byRounds[$0] })
        }
    }

    /// SHA-256 with the padding of FIPS 180-4 section 5.1.1 done here, over the block function.
    private func sha256ByBlocks(_ bytes: [UInt8]) -> Hash32 {
        var padded = bytes + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        padded.append(bigEndian: UInt64(bytes.count * 8))
        var state = SHA256.initialState
        for start in stride(from: 0, to: padded.count, by: 64) {
            SHA256.compress(state: &state, block: padded.span.extracting(start..<start + 64))
        }
        var digest: [UInt8] = []
        for index in 0..<8 { digest.append(bigEndian: state[index]) }
        return Hash32(unchecked: digest.span)
    }
}
