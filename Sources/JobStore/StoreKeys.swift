internal import Bytes

/// The keys of the store. Integers are big-endian, so scans are ordered by them.
enum StoreKey {
    /// The parts of a job in `jobs`, the first byte of the key; the job id follows. Records lie
    /// together, so that a scan of them reads no inputs.
    enum JobPart: UInt8, CaseIterable {
        case record = 0
        case request = 1
        case inputs = 2
        case output = 3
    }

    /// The parts of a program in `programs`, the first byte of the key. The id or the SHA-256 of
    /// the ELF follows.
    enum ProgramPart: UInt8 {
        case record = 0
        case elf = 1
    }

    /// What `chain` holds, the first byte of the key.
    enum ChainPart: UInt8 {
        /// The posting account; address and chain id follow.
        case account = 0
        /// A value of another part of the node; its name follows.
        case value = 1
    }

    /// What `meta` holds, the first byte of the key.
    enum MetaPart: UInt8 {
        /// The version of the layout.
        case format = 0
        /// The smallest nonce that can still be relayed in order; the consumer follows.
        case nonceMin = 1
    }

    static let format: [UInt8] = [MetaPart.format.rawValue]

    static func job(_ part: JobPart, _ id: JobID) -> [UInt8] {
        made(part.rawValue, id)
    }

    static func program(_ id: ProgramID) -> [UInt8] {
        made(ProgramPart.record.rawValue, id)
    }

    static func elf(_ hash: Hash32) -> [UInt8] {
        made(ProgramPart.elf.rawValue, hash)
    }

    static func nonce(_ consumer: Address, _ nonce: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(28)
        consumer.append(to: &key)
        key.append(bigEndian: nonce)
        return key
    }

    static func queue(_ sequence: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: sequence)
        return key
    }

    static func outbox(_ id: JobID) -> [UInt8] { id.bytes }

    static func account(_ address: Address, chainID: UInt64) -> [UInt8] {
        var key = made(ChainPart.account.rawValue, address)
        key.append(bigEndian: chainID)
        return key
    }

    static func chainValue(_ name: String) -> [UInt8] {
        [ChainPart.value.rawValue] + Array(name.utf8)
    }

    static func nonceMin(_ consumer: Address) -> [UInt8] {
        made(MetaPart.nonceMin.rawValue, consumer)
    }

    private static func made(_ part: UInt8, _ value: some FixedWidthBytes) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(33)
        key.append(part)
        value.append(to: &key)
        return key
    }
}
