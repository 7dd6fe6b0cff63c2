package import Bytes
package import EthCrypto

/// A transaction of type 1 (EIP-2930), for chains without EIP-1559. The gas price is in wei per unit
/// of gas, the value in wei.
package struct AccessListTransaction: Hashable, Sendable {
    package var chainID: UInt64
    package var nonce: UInt64
    package var gasPrice: UInt256
    package var gasLimit: UInt64

    /// The account called; nil creates a contract.
    package var to: Address?

    package var value: UInt256
    package var data: [UInt8]
    package var accessList: [AccessListEntry]

    package init(
        chainID: UInt64, nonce: UInt64, gasPrice: UInt256, gasLimit: UInt64, to: Address?,
        value: UInt256 = .zero, data: [UInt8], accessList: [AccessListEntry] = []
    ) {
        self.chainID = chainID
        self.nonce = nonce
        self.gasPrice = gasPrice
        self.gasLimit = gasLimit
        self.to = to
        self.value = value
        self.data = data
        self.accessList = accessList
    }

    /// The transaction, signed and ready for eth_sendRawTransaction.
    package func signed(by key: PrivateKey) -> SignedTransaction {
        SignedTransaction(.accessList(self), signedBy: key)
    }

    func appendFields(to list: inout RLPWriter) {
        list.append(chainID)
        list.append(nonce)
        list.append(gasPrice)
        list.append(gasLimit)
        list.append(to)
        list.append(value)
        list.append(data)
        list.append(accessList: accessList)
    }

    init(readingFrom list: inout RLPReader, in bytes: Span<UInt8>) throws(RLPError) {
        chainID = try list.readUInt64("chainId", in: bytes)
        nonce = try list.readUInt64("nonce", in: bytes)
        gasPrice = try list.readUInt256("gasPrice", in: bytes)
        gasLimit = try list.readUInt64("gasLimit", in: bytes)
        to = try list.readOptionalAddress("to", in: bytes)
        value = try list.readUInt256("value", in: bytes)
        data = try list.readBytes("data", in: bytes)
        accessList = try list.readAccessList(in: bytes)
    }
}
