import Bytes
import EthereumCodec
import Testing

/// Errors name the field that is wrong and the rule that it breaks.
@Suite struct ErrorTests {
    private let request = OffchainJobRequest(
        nonce: 1, maxCycles: 2, consumer: .zero, programID: [1], onchainInput: [2],
        offchainInputHash: .zero, stateHash: nil)

    @Test(arguments: [
        (0, ABIError.invalidOffset(field: "OffchainJobRequest")),
        (32, .valueOutOfRange(field: "nonce")),
        (64, .valueOutOfRange(field: "maxCycles")),
        (107, .valueOutOfRange(field: "consumer")),
        (128, .invalidOffset(field: "programID")),
        (160, .invalidOffset(field: "onchainInput")),
        (224, .truncated(field: "programID")),
        (257, .nonZeroPadding(field: "programID")),
        (288, .truncated(field: "onchainInput")),
        (351, .nonZeroPadding(field: "onchainInput")),
    ])
    func aWrongByteNamesItsField(position: Int, expected: ABIError) {
        var bytes = request.encoded()
        bytes[position] ^= 1
        #expect(throws: expected) { try OffchainJobRequest(decoding: bytes) }
    }

    @Test func theEndNamesTheStruct() {
        let longer = request.encoded() + [0]
        let expected = ABIError.trailingBytes(field: "OffchainJobRequest")
        #expect(throws: expected) { try OffchainJobRequest(decoding: longer) }
        #expect(expected.description.contains("OffchainJobRequest"))
        #expect(expected.field == "OffchainJobRequest")
        #expect(ABIError.tooLong(byteCountMax: 5).field == nil)
    }
}
