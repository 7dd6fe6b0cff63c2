package import Bytes

/// What the contracts' functions return, decoded from the data of eth_call.
package enum ContractReturn {
    /// The answer of EIP-1271 that means yes.
    package static let validSignatureMagic: [UInt8] = [0x16, 0x26, 0xba, 0x7e]

    /// Whether the answer to `isValidSignature` is yes. Anything else, an address without code
    /// included, is no; further words are ignored, as a contract that asks would do.
    package static func isValidSignature(_ data: [UInt8]) -> Bool {
        data.count >= 32 && data[..<4].elementsEqual(validSignatureMagic)
            && data[4..<32].allSatisfy { $0 == 0 }
    }

    /// The uint64 that `getNextNonce` returns.
    package static func uint64(
        _ data: [UInt8], of function: String
    ) throws(ABIError) -> UInt64 {
        var reader = try ABIReader(data.span, fieldCount: 1, name: function)
        let value = try reader.readUInt64(function, in: data.span)
        try reader.finish(function)
        return value
    }

    /// The address that `getRelayer` and its like return.
    package static func address(
        _ data: [UInt8], of function: String
    ) throws(ABIError) -> Address {
        var reader = try ABIReader(data.span, fieldCount: 1, name: function)
        let value = try reader.readAddress(function, in: data.span)
        try reader.finish(function)
        return value
    }

    /// The bytes32 that `createJob` and the hash getters return.
    package static func hash(_ data: [UInt8], of function: String) throws(ABIError) -> Hash32 {
        var reader = try ABIReader(data.span, fieldCount: 1, name: function)
        let value = reader.readWord(in: data.span)
        try reader.finish(function)
        return value
    }

    /// The bytes that `getOnchainInputForJob` returns.
    package static func bytes(_ data: [UInt8], of function: String) throws(ABIError) -> [UInt8] {
        var reader = try ABIReader(data.span, fieldCount: 1, name: function)
        let value = try reader.readBytes(function, in: data.span)
        try reader.finish(function)
        return value
    }
}

/// What `getJobMetadata` returns.
package struct JobMetadata: Hashable, Sendable {
    /// The state of a job in the contract.
    package enum Status: UInt8, Hashable, Sendable {
        case unknown = 0
        case pending = 1
        case cancelled = 2
        case completed = 3
    }

    package var programID: [UInt8]
    package var maxCycles: UInt64
    package var consumer: Address
    package var status: Status

    /// Reads the data that eth_call of `getJobMetadata` gives. The contract returns either four
    /// values or one struct with the four fields; the first word, the offset, tells which.
    package init(decoding data: [UInt8]) throws(ABIError) {
        let name = "getJobMetadata"
        let bytes = data.span
        var reader = try ABIReader(bytes, fieldCount: 4, name: name)
        if reader.peekWord(at: 0, in: bytes) == UInt256(UInt64(ABI.wordByteCount)).word {
            reader = try ABIReader(structIn: bytes, fieldCount: 4, name: name)
        }
        programID = try reader.readBytes("programID", in: bytes)
        maxCycles = try reader.readUInt64("maxCycles", in: bytes)
        consumer = try reader.readAddress("consumer", in: bytes)
        let code = try reader.readUInt64("status", max: 3, in: bytes)
        guard let status = Status(rawValue: UInt8(truncatingIfNeeded: code)) else {
            throw .valueOutOfRange(field: "status")
        }
        self.status = status
        try reader.finish(name)
    }
}
