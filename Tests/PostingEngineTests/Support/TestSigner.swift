import Bytes
import EthCrypto

@testable import PostingEngine

/// A transaction as the simulated chain reads it from the bytes that `TestSigner` makes.
struct TestTransaction: Hashable {
    let hash: Hash32
    let nonce: UInt64
    let feePerGasMax: UInt64
    let priorityFeePerGasMax: UInt64
    /// The job that the call posts; nil for a filler.
    let jobID: JobID?

    init?(raw: [UInt8]) {
        var reader = ByteReader(raw.span)
        guard let nonce = reader.readUInt64(), let fee = reader.readUInt64(),
            let priority = reader.readUInt64(), reader.readUInt64() != nil,
            reader.read(Address.self) != nil, let calldata = reader.readLengthPrefixed()
        else { return nil }
        self.nonce = nonce
        feePerGasMax = fee
        priorityFeePerGasMax = priority
        jobID = JobID(calldata)
        hash = Keccak256.hash(raw)
    }
}

enum TestSigner {
    static let address = Address(words: 1, 2, 3)

    /// "Signs" by spelling the terms out.
    static let signer = TransactionSigner(address: address) { terms in
        var raw: [UInt8] = []
        raw.append(bigEndian: terms.nonce)
        raw.append(bigEndian: terms.fees.feePerGasMax)
        raw.append(bigEndian: terms.fees.priorityFeePerGasMax)
        raw.append(bigEndian: terms.gasLimit)
        terms.to.append(to: &raw)
        raw.append(lengthPrefixed: terms.calldata)
        return SignedTerms(raw: raw, hash: Keccak256.hash(raw))
    }
}
