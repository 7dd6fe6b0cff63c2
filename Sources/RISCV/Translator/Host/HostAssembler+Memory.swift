// Accesses to guest memory at [r15 + base + displacement]. The base holds a guest address, zero-extended;
// without one the displacement is the guest address, below 2^31.
extension HostAssembler {
    /// How a load fills 32 bits: its opcode, behind 0F but for a word.
    enum LoadKind: UInt8 {
        case word = 0x8b, signedHalf = 0xbf, unsignedHalf = 0xb7
        case signedByte = 0xbe, unsignedByte = 0xb6
    }

    /// MOV, MOVSX or MOVZX register, memory.
    mutating func load(
        _ kind: LoadKind, _ target: HostRegister, _ base: HostRegister?, _ displacement: Int32
    ) {
        var bytes = HostBytes()
        bytes.append(guestREX(target.rawValue, base))
        bytes.append(0x0f, if: kind != .word)
        bytes.append(kind.rawValue)
        write(bytes)
        write(HostBytes.modRM(target.rawValue, guest: base, displacement))
        changes(.register(target))
    }

    /// MOV memory, register: 1, 2 or 4 bytes.
    mutating func store(
        byteCount: UInt8, _ source: HostRegister, _ base: HostRegister?, _ displacement: Int32
    ) {
        store(byteCount == 1 ? 0x88 : 0x89, byteCount, source.rawValue, base, displacement)
    }

    /// MOV memory, immediate: 1, 2 or 4 bytes.
    mutating func store(
        byteCount: UInt8, immediate: UInt32, _ base: HostRegister?, _ displacement: Int32
    ) {
        store(byteCount == 1 ? 0xc6 : 0xc7, byteCount, 0, base, displacement)
        write(HostBytes(UInt64(immediate), count: Int(byteCount)))
    }

    @inline(__always)
    private mutating func store(
        _ opcode: UInt8, _ byteCount: UInt8, _ number: UInt8, _ base: HostRegister?,
        _ displacement: Int32
    ) {
        var bytes = HostBytes()
        bytes.append(0x66, if: byteCount == 2)
        bytes.append(guestREX(number, base))
        bytes.append(opcode)
        write(bytes)
        write(HostBytes.modRM(number, guest: base, displacement))
    }

    /// REX of an access: the register number, and the one that holds the guest address as index of r15.
    @inline(__always)
    private func guestREX(_ number: UInt8, _ base: HostRegister?) -> UInt8 {
        0x41 | (number >> 3) << 2 | ((base?.rawValue ?? 0) >> 3) << 1
    }
}
