import Bytes
import EthereumCodec
import TestSupport
import Testing

@Suite struct StructCodingTests {
    /// eth-abi is the judge.
    @Test func encodingsMatchTheOracle() throws {
        for sample in try StructSample.load(seed: 20_261_121, rounds: 500) {
            #expect(sample.value.encoded == sample.encoding)
            #expect(try sample.value.decodingSameKind(sample.encoding) == sample.value)
            if case .request(let request) = sample.value {
                #expect(request.jobID.hex == sample.jobID)
            }
        }
    }

    /// The limit comes first: not one byte more is looked at.
    @Test func encodingsOverTheLimitAreRefused() throws {
        for sample in try StructSample.load(seed: 1, rounds: 1) {
            guard case .request = sample.value else { continue }
            let count = sample.encoding.count
            #expect(throws: ABIError.tooLong(byteCountMax: count - 1)) {
                try OffchainJobRequest(decoding: sample.encoding.span, byteCountMax: count - 1)
            }
            _ = try OffchainJobRequest(decoding: sample.encoding.span, byteCountMax: count)
        }
    }

    @Test func everyTruncationAndExtensionIsRefused() throws {
        for sample in try StructSample.load(seed: 2, rounds: 4) {
            for count in 0..<sample.encoding.count {
                let cut = Array(sample.encoding[..<count])
                #expect(throws: ABIError.self) { try sample.value.decodingSameKind(cut) }
            }
            for extra in [1, 31, 32, 33, 64] {
                let longer = sample.encoding + [UInt8](repeating: 0, count: extra)
                #expect(throws: ABIError.self) { try sample.value.decodingSameKind(longer) }
            }
        }
    }

    /// Every flipped bit is either refused or part of another value's one canonical encoding. Padding
    /// and offsets belong to no value, so a flip there can only be refused.
    @Test func everyFlippedBitIsRefusedOrAnotherCanonicalEncoding() throws {
        for sample in try StructSample.load(seed: 3, rounds: 4) {
            var refused = 0
            for bit in 0..<(8 * sample.encoding.count) {
                var changed = sample.encoding
                changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                do throws(ABIError) {
                    let decoded = try sample.value.decodingSameKind(changed)
                    #expect(decoded.encoded == changed)
                    #expect(decoded != sample.value)
                } catch {
                    refused += 1
                }
            }
            #expect(refused >= 256, "the leading offset word alone has 256 bits")
        }
    }

    /// Each offset word set to every other position, and to positions that overflow. One such change
    /// can give a canonical encoding of the other dialect: a program id of one zero byte reads as a
    /// state hash and an empty program id when the offset says so.
    @Test func everyOtherOffsetIsRefused() throws {
        let extremes: [UInt256] = [
            .max, UInt256(.max), UInt256(1 << 63), UInt256(UInt64(Int.max)),
            UInt256(limbs: 0x20, 1, 0, 0), UInt256(limbs: 0xe0, 0, 0, 1 << 63),
        ]
        for sample in try StructSample.load(seed: 4, rounds: 3) {
            for position in offsetPositions(of: sample.value) {
                let field = 32 * position..<32 * position + 32
                let near = (0..<UInt64(sample.encoding.count + 64)).map { UInt256($0) }
                for offset in near + extremes where offset.word.bytes[...] != sample.encoding[field]
                {
                    var changed = sample.encoding
                    changed.replaceSubrange(field, with: offset.word.bytes)
                    expectRefusalOrOtherDialect(of: changed, insteadOf: sample.value)
                }
            }
        }
    }

    /// Each length word set to every value near the truth and to values that overflow.
    @Test func everyOtherLengthIsRefused() throws {
        let request = OffchainJobRequest(
            nonce: 1, maxCycles: 2, consumer: .zero, programID: .init(repeating: 1, count: 32),
            onchainInput: .init(repeating: 2, count: 40), offchainInputHash: .zero, stateHash: .zero
        )
        let encoding = request.encoded()
        let extremes: [UInt256] = [
            .max, UInt256(.max), UInt256(UInt64(Int.max)), UInt256(UInt64(Int.max) - 31),
            UInt256(limbs: 32, 0, 1, 0),
        ]
        for length in (0..<400).map({ UInt256($0) }) + extremes where length != UInt256(32) {
            var changed = encoding
            changed.replaceSubrange(256..<288, with: length.word.bytes)
            #expect(throws: ABIError.self) { try OffchainJobRequest(decoding: changed) }
        }
    }

    /// Words that mean something to the decoder in random order: it answers, whatever they are.
    @Test func wordSoupNeverTraps() throws {
        let samples = try StructSample.load(seed: 5, rounds: 1)
        var random = SeededRandom(seed: 6)
        let words: [UInt256] =
            (0..<16).map { UInt256(32 * $0) } + [
                UInt256(1), UInt256(31), UInt256(33), .max, UInt256(.max), UInt256(1 << 63),
                UInt256(UInt64(Int.max)), UInt256(UInt64(Int.max) - 31), UInt256(limbs: 0, 1, 0, 0),
            ]
        for _ in 0..<20_000 {
            var soup = UInt256(32).word.bytes
            for _ in 0..<Int.random(in: 0...14, using: &random) {
                soup += words[Int.random(in: 0..<words.count, using: &random)].word.bytes
            }
            for sample in samples {
                guard let decoded = try? sample.value.decodingSameKind(soup) else { continue }
                #expect(decoded.encoded == soup)
            }
        }
    }

    @Test func statefulStructsOfBothDialectsShareTheirEncoding() throws {
        let root = Hash32(words: 1, 2, 3, 4)
        let input = StatefulAppOnchainInput(inputStateRoot: root, onchainInput: [1, 2, 3])
        let result = StatefulProgramResult(nextStateHash: root, result: [1, 2, 3])
        #expect(input.encoded() == result.encoded())
        #expect(try StatefulAppOnchainInput(decoding: input.encoded()) == input)
    }

    /// A result answers in the dialect of its request.
    @Test func resultsFollowTheirRequest() throws {
        for sample in try StructSample.load(seed: 7, rounds: 5) {
            guard case .request(let request) = sample.value else { continue }
            let result = OffchainResultWithMetadata(
                request: request, onchainInputHash: .zero, result: [1])
            #expect(result.dialect == request.dialect)
            #expect(result.jobID == request.jobID)
            #expect(try OffchainResultWithMetadata(decoding: result.encoded()) == result)
        }
    }

    private func expectRefusalOrOtherDialect(of changed: [UInt8], insteadOf value: AnyStruct) {
        guard let decoded = try? value.decodingSameKind(changed) else { return }
        #expect(decoded.encoded == changed)
        #expect(decoded.dialect != value.dialect)
    }

    /// The word positions of the offsets, the one in front included.
    private func offsetPositions(of value: AnyStruct) -> [Int] {
        switch value {
        case .request: [0, 4, 5]
        case .result: [0, 4, 5]
        case .offchainResult(let result): result.dialect == .a ? [0, 6, 7] : [0, 5, 6, 7]
        case .stateful, .statefulInput: [0, 2]
        }
    }
}
