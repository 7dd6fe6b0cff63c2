package import Bytes

/// What the store keeps of the account that posts: one record in the `chain` column family.
package struct AccountRecord: Hashable, Sendable {
    /// The version that `encoded` writes.
    package static let encodingVersion: UInt8 = 1

    /// The account.
    package let address: Address
    /// The chain (EIP-155).
    package let chainID: UInt64
    /// The next account nonce to give out. Every smaller one is mined or held by a live record.
    package internal(set) var nextNonce: UInt64
    /// Nonces that no posting holds and that are being filled so that later ones can be mined.
    package internal(set) var gapFillers: [LiveTransaction]

    /// The record of an account; by default one that never posted.
    package init(
        address: Address, chainID: UInt64, nextNonce: UInt64 = 0,
        gapFillers: [LiveTransaction] = []
    ) {
        self.address = address
        self.chainID = chainID
        self.nextNonce = nextNonce
        self.gapFillers = gapFillers
    }

    /// The record as bytes: version, address, chain id, next nonce, fillers behind their number in
    /// one byte. Integers are big-endian.
    package func encoded() -> [UInt8] {
        var output: [UInt8] = [Self.encodingVersion]
        address.append(to: &output)
        output.append(bigEndian: chainID)
        output.append(bigEndian: nextNonce)
        precondition(gapFillers.count <= PostingLimits.gapFillersMax, "too many gap fillers")
        output.append(UInt8(gapFillers.count))
        for filler in gapFillers {
            filler.append(to: &output)
        }
        return output
    }

    /// The record that `bytes` spell.
    package init(decoding bytes: Span<UInt8>) throws(PostingRecordError) {
        var reader = ByteReader(bytes)
        try reader.expectVersion(Self.encodingVersion)
        let address = try reader.required(Address.self)
        let chainID = try reader.requiredUInt64()
        let nextNonce = try reader.requiredUInt64()
        guard nextNonce < .max else { throw .invalidField(.nonce) }
        let count = Int(try reader.requiredUInt8())
        guard count <= PostingLimits.gapFillersMax else { throw .invalidField(.fillers) }
        var fillers: [LiveTransaction] = []
        for _ in 0..<count {
            fillers.append(try LiveTransaction(reading: &reader))
        }
        guard reader.isAtEnd else { throw .trailingBytes }
        self.init(address: address, chainID: chainID, nextNonce: nextNonce, gapFillers: fillers)
    }

    /// The record that `bytes` spell.
    package init(decoding bytes: [UInt8]) throws(PostingRecordError) {
        try self.init(decoding: bytes.span)
    }
}
