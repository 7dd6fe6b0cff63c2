internal import Bytes
internal import JobEngine

/// The values of the store that are not records of the engines: small integers and bytes, in the
/// frame of `StoredValue`.
enum StoredForms {
    /// The version of the layout of keys and column families.
    static let formatVersion: UInt64 = 1

    private static let version: UInt8 = 1

    static func queueEntry(_ id: JobID) -> [UInt8] {
        StoredValue.framed(version: version, capacity: 32) { id.append(to: &$0) }
    }

    static func jobID(inQueueEntry value: Span<UInt8>) throws(StoredValueError) -> JobID {
        let payload = try StoredValue.payload(of: value, version: version)
        guard let id = JobID(value.extracting(payload)) else { throw .truncated }
        return id
    }

    static func integer(_ number: UInt64) -> [UInt8] {
        StoredValue.framed(version: version, capacity: 8) { $0.append(bigEndian: number) }
    }

    static func number(inInteger value: Span<UInt8>) throws(StoredValueError) -> UInt64 {
        let payload = try StoredValue.payload(of: value, version: version)
        guard payload.count == 8 else { throw .truncated }
        return value.bigEndianUInt64(at: payload.lowerBound)
    }

    /// Bytes of another module: an ELF, a posting, an account, a value of the chain.
    static func bytes(_ bytes: [UInt8]) -> [UInt8] {
        StoredValue.framed(version: version, capacity: bytes.count) {
            $0.append(contentsOf: bytes)
        }
    }

    static func payload(inBytes value: Span<UInt8>) throws(StoredValueError) -> [UInt8] {
        let payload = try StoredValue.payload(of: value, version: version)
        return [UInt8](copying: value.extracting(payload))
    }

    static func elf(_ elf: [UInt8]) -> [UInt8] { bytes(elf) }
}
