package import Bytes

/// What the store keeps of a program, beside its ELF.
package struct ProgramRecord: Hashable, Sendable {
    /// The id under which jobs name the program: computed from the ELF, or a label.
    package let id: ProgramID
    /// The number of the virtual machine, as in VmType of Proto/.
    package let vm: UInt8
    /// The id that the ELF itself has; differs from `id` where that is a label.
    package let computedID: ProgramID
    /// SHA-256 of the ELF: a label is bound to it and never rebound.
    package let elfHash: Hash32
    package let elfByteCount: UInt32
    /// Milliseconds since 1970.
    package let submittedAt: UInt64

    private static let encodingVersion: UInt8 = 1

    package init(
        id: ProgramID, vm: UInt8, computedID: ProgramID, elfHash: Hash32, elfByteCount: UInt32,
        submittedAt: UInt64
    ) {
        self.id = id
        self.vm = vm
        self.computedID = computedID
        self.elfHash = elfHash
        self.elfByteCount = elfByteCount
        self.submittedAt = submittedAt
    }

    /// Whether jobs name the program by a label.
    package var isLabelled: Bool { id != computedID }

    /// The bytes under which the store keeps the record.
    package func encoded() -> [UInt8] {
        StoredValue.framed(version: Self.encodingVersion) {
            id.append(to: &$0)
            $0.append(vm)
            computedID.append(to: &$0)
            elfHash.append(to: &$0)
            $0.append(bigEndian: elfByteCount)
            $0.append(bigEndian: submittedAt)
        }
    }

    /// The record whose encoding `value` is.
    package init(decoding value: Span<UInt8>) throws(StoredValueError) {
        let payload = try StoredValue.payload(of: value, version: Self.encodingVersion)
        var reader = ByteReader(value.extracting(payload))
        id = try reader.required()
        vm = try reader.requiredUInt8()
        computedID = try reader.required()
        elfHash = try reader.required()
        elfByteCount = try reader.requiredUInt32()
        submittedAt = try reader.requiredUInt64()
        try reader.requireEnd()
    }
}
