package import Bytes
internal import EthCrypto

extension JobID {
    /// The identity of a consumer's job: keccak256(abi.encodePacked(uint64 nonce, address consumer)).
    package init(nonce: UInt64, consumer: Address) {
        var packed: [UInt8] = []
        packed.reserveCapacity(28)
        packed.append(bigEndian: nonce)
        consumer.append(to: &packed)
        self.init(Keccak256.hash(packed))
    }
}
