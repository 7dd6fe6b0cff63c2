package import Bytes
package import EthCrypto

/// An unsigned transaction of one of the types that Tandem sends (EIP-2718).
package enum TypedTransaction: Hashable, Sendable {
    case accessList(AccessListTransaction)
    case dynamicFee(DynamicFeeTransaction)

    /// The byte in front of the RLP list.
    package var typeByte: UInt8 {
        switch self {
        case .accessList: 1
        case .dynamicFee: 2
        }
    }

    /// The digest that the sender signs: keccak256(type ‖ rlp(fields)).
    package var signingHash: Hash32 { Keccak256.hash(encoded(with: nil)) }

    /// The type byte, then the list of the fields and, when there is one, the signature.
    func encoded(with signature: RecoverableSignature?) -> [UInt8] {
        var list = RLPWriter()
        switch self {
        case .accessList(let transaction): transaction.appendFields(to: &list)
        case .dynamicFee(let transaction): transaction.appendFields(to: &list)
        }
        if let signature {
            list.append(UInt64(signature.recoveryID))
            list.append(UInt256(signature.r))
            list.append(UInt256(signature.s))
        }
        return [typeByte] + list.finish()
    }

    /// Reads the fields of the type, 1 or 2; the caller has looked at the byte.
    init(
        typeByte: UInt8, readingFrom list: inout RLPReader, in bytes: Span<UInt8>
    ) throws(RLPError) {
        switch typeByte {
        case 1: self = .accessList(try AccessListTransaction(readingFrom: &list, in: bytes))
        default: self = .dynamicFee(try DynamicFeeTransaction(readingFrom: &list, in: bytes))
        }
    }
}

/// Why a raw transaction was refused.
package enum TransactionError: Error, Hashable, Sendable {
    /// The first byte is neither 1 nor 2; nil when there is none.
    case unsupportedType(UInt8?)

    /// The list behind the type byte is wrong.
    case encoding(RLPError)

    /// The signature is out of range, or nobody's.
    case signature(SignatureError)
}

extension TransactionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unsupportedType(let byte):
            "a raw transaction starts with 0x01 or 0x02, not with "
                + (byte.map { Hex.encodePrefixed([$0]) } ?? "nothing")
        case .encoding(let error): error.description
        case .signature(let error): error.description
        }
    }
}
