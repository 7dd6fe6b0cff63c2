package import Bytes
package import EthCrypto

/// A transaction with its signature, as it goes to the network.
package struct SignedTransaction: Hashable, Sendable {
    package let transaction: TypedTransaction
    package let signature: RecoverableSignature

    /// What eth_sendRawTransaction takes.
    package let raw: [UInt8]

    /// The name of the transaction on the chain: keccak256(raw).
    package let hash: Hash32

    /// The transaction with the signature of `key`.
    package init(_ transaction: TypedTransaction, signedBy key: PrivateKey) {
        self.transaction = transaction
        signature = key.sign(transaction.signingHash)
        raw = transaction.encoded(with: signature)
        hash = Keccak256.hash(raw)
    }

    /// Reads a raw transaction of type 1 or 2. The signature must be in range with a low s; whose it
    /// is, `sender()` tells.
    package init(decoding raw: Span<UInt8>) throws(TransactionError) {
        guard raw.count > 0 else { throw .unsupportedType(nil) }
        guard (1...2).contains(raw[0]) else { throw .unsupportedType(raw[0]) }
        let parts: SignatureParts
        do throws(RLPError) {
            var list = try RLPReader(raw, from: 1, name: "transaction")
            transaction = try TypedTransaction(typeByte: raw[0], readingFrom: &list, in: raw)
            parts = try SignatureParts(readingFrom: &list, in: raw)
            try list.finish("transaction")
        } catch {
            throw .encoding(error)
        }
        signature = try parts.signature()
        self.raw = [UInt8](copying: raw)
        hash = Keccak256.hash(raw)
    }

    /// Reads a raw transaction; see `init(decoding:)` of a span.
    package init(decoding raw: [UInt8]) throws(TransactionError) {
        try self.init(decoding: raw.span)
    }

    /// The account that signed; throws when the signature is nobody's.
    package func sender() throws(SignatureError) -> Address {
        try signature.recoverAddress(transaction.signingHash)
    }
}

/// The last three fields of a signed transaction, not yet checked.
private struct SignatureParts {
    let yParity: UInt64
    let r: UInt256
    let s: UInt256

    init(readingFrom list: inout RLPReader, in bytes: Span<UInt8>) throws(RLPError) {
        yParity = try list.readUInt64("yParity", in: bytes)
        r = try list.readUInt256("r", in: bytes)
        s = try list.readUInt256("s", in: bytes)
        guard yParity <= 1 else { throw .valueOutOfRange(field: "yParity") }
    }

    func signature() throws(TransactionError) -> RecoverableSignature {
        do throws(SignatureError) {
            return try RecoverableSignature(
                r: r.word, s: s.word, recoveryID: UInt8(truncatingIfNeeded: yParity))
        } catch {
            throw .signature(error)
        }
    }
}
