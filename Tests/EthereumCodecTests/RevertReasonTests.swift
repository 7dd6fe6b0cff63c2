import Bytes
import EthereumCodec
import TestSupport
import Testing

@Suite struct RevertReasonTests {
    @Test func dataThatIsNoStandardErrorIsShownAsItIs() {
        #expect(RevertReason(decoding: []) == .none)
        #expect(RevertReason(decoding: [1, 2, 3]) == .raw([1, 2, 3]))
        let custom = RevertReason(decoding: [1, 2, 3, 4, 5])
        #expect(custom == .custom(selector: [1, 2, 3, 4], arguments: [5]))
        #expect(
            custom.description
                == "reverted with custom error 0x01020304 and arguments 0x05")
        #expect(RevertReason(decoding: []).description == "reverted without a reason")
    }

    @Test func damagedStandardErrorsBecomeCustomOnes() throws {
        var writer = ABIWriter(fieldCount: 1, prefix: ABI.selector("Error(string)"))
        writer.append(dynamic: Array("Invalid nonce".utf8))
        let data = writer.finish()
        #expect(RevertReason(decoding: data) == .message("Invalid nonce"))
        #expect(RevertReason(decoding: data).description == "reverted: Invalid nonce")
        for count in 4..<data.count {
            let reason = RevertReason(decoding: Array(data[..<count]))
            let arguments = Array(data[4..<count])
            #expect(reason == .custom(selector: Array(data[..<4]), arguments: arguments))
        }
        var notUTF8 = data
        notUTF8[68] = 0xff
        guard case .custom = RevertReason(decoding: notUTF8) else {
            Issue.record("bytes that are not UTF-8 are no message")
            return
        }
    }

    /// A contract cannot flood or break a log line.
    @Test func descriptionsAreBoundedAndOneLine() {
        var random = SeededRandom(seed: 1)
        for count in [5, 600, 5000, 100_000] {
            let text = String(repeating: "a\n\u{1b}é", count: count)
            for reason: RevertReason in [
                .message(text), .raw(random.bytes(count)),
                .custom(selector: [1, 2, 3, 4], arguments: random.bytes(count)),
            ] {
                #expect(reason.description.count <= EthereumCodecLimits.revertTextCountMax + 100)
                #expect(!reason.description.contains { $0.isNewline || $0 == "\u{1b}" })
            }
        }
    }

    @Test func panicCodesAreExplained() {
        #expect(
            RevertReason.panic(UInt256(0x11)).description
                == "panicked with code 0x11: arithmetic overflow or underflow")
        #expect(RevertReason.panic(.max).description.hasSuffix("unknown"))
    }

    @Test func onlyTheMagicWordIsAYes() {
        let yes = ContractReturn.validSignatureMagic + [UInt8](repeating: 0, count: 28)
        #expect(ContractReturn.isValidSignature(yes))
        #expect(ContractReturn.isValidSignature(yes + yes))
        #expect(!ContractReturn.isValidSignature([]))
        for count in 0..<32 {
            #expect(!ContractReturn.isValidSignature(Array(yes[..<count])))
        }
        for index in 0..<32 {
            var changed = yes
            changed[index] ^= 1
            #expect(!ContractReturn.isValidSignature(changed))
        }
    }
}
