import Bytes
import EthCrypto
import EthereumCodec
import TestSupport
import Testing

/// A line of transactions.py.
struct TransactionSample {
    let sender: Address

    /// The transaction, signed by us with the oracle's key.
    let signed: SignedTransaction

    let hash: String
    let raw: [UInt8]

    static func load(seed: Int, count: Int) throws -> [TransactionSample] {
        let lines = try PythonOracle.lines(
            "EthereumCodecTests/Oracles/transactions.py", [String(seed), String(count)])
        #expect(lines.count == count)
        return try lines.map { try TransactionSample($0.split(separator: " ").map(String.init)) }
    }

    private init(_ field: [String]) throws {
        let key = try PrivateKey(try #require(Hex.decode(field[0])))
        sender = try #require(Address(hex: field[1]))
        hash = field[11]
        raw = try #require(Hex.decode(field[12]))
        signed =
            field[2] == "1"
            ? try Self.accessList(field).signed(by: key)
            : try Self.dynamicFee(field).signed(by: key)
    }

    private static func accessList(_ field: [String]) throws -> AccessListTransaction {
        AccessListTransaction(
            chainID: try #require(UInt64(field[3])), nonce: try #require(UInt64(field[4])),
            gasPrice: try #require(UInt256(decimal: field[5])),
            gasLimit: try #require(UInt64(field[6])), to: try recipient(field[7]),
            value: try #require(UInt256(decimal: field[8])), data: try bytes(field[9]),
            accessList: try entries(field[10]))
    }

    private static func dynamicFee(_ field: [String]) throws -> DynamicFeeTransaction {
        let fees = field[5].split(separator: ",").map(String.init)
        return DynamicFeeTransaction(
            chainID: try #require(UInt64(field[3])), nonce: try #require(UInt64(field[4])),
            maxPriorityFeePerGas: try #require(UInt256(decimal: fees[0])),
            maxFeePerGas: try #require(UInt256(decimal: fees[1])),
            gasLimit: try #require(UInt64(field[6])), to: try recipient(field[7]),
            value: try #require(UInt256(decimal: field[8])), data: try bytes(field[9]),
            accessList: try entries(field[10]))
    }

    private static func recipient(_ field: String) throws -> Address? {
        guard field != "-" else { return nil }
        let address: Address = try #require(Address(hex: field))
        return address
    }

    private static func entries(_ field: String) throws -> [AccessListEntry] {
        try field.dropFirst(2).split(separator: ";").map { entry in
            let parts = entry.split(separator: ":").map(String.init)
            return AccessListEntry(
                address: try #require(Address(hex: parts[0])),
                storageKeys: try parts.dropFirst().map { try #require(Hash32(hex: $0)) })
        }
    }
}
