// Accesses to guest memory at [r15 + base + displacement]. The base holds a guest address, zero-extended;
// without one the displacement is the guest address, below 2^31.
extension HostAssembler {
    /// How a load fills 32 bits.
    enum LoadKind {
        case word, signedHalf, unsignedHalf, signedByte, unsignedByte
    }

    /// MOV, MOVSX or MOVZX register, memory.
    mutating func load(
        _ kind: LoadKind, _ target: HostRegister, _ base: HostRegister?, _ displacement: Int32
    ) {
        guestREX(target.rawValue, base)
        switch kind {
        case .word: byte(0x8b)
        case .signedHalf: escaped(0xbf)
        case .unsignedHalf: escaped(0xb7)
        case .signedByte: escaped(0xbe)
        case .unsignedByte: escaped(0xb6)
        }
        guestModRM(target.rawValue, base, displacement)
    }

    /// MOV memory, register: 1, 2 or 4 bytes.
    mutating func store(
        byteCount: UInt8, _ source: HostRegister, _ base: HostRegister?, _ displacement: Int32
    ) {
        if byteCount == 2 { byte(0x66) }
        guestREX(source.rawValue, base)
        byte(byteCount == 1 ? 0x88 : 0x89)
        guestModRM(source.rawValue, base, displacement)
    }

    /// MOV memory, immediate: 1, 2 or 4 bytes.
    mutating func store(
        byteCount: UInt8, immediate: UInt32, _ base: HostRegister?, _ displacement: Int32
    ) {
        if byteCount == 2 { byte(0x66) }
        guestREX(0, base)
        byte(byteCount == 1 ? 0xc6 : 0xc7)
        guestModRM(0, base, displacement)
        switch byteCount {
        case 4: word(immediate)
        case 2:
            byte(UInt8(truncatingIfNeeded: immediate))
            byte(UInt8(truncatingIfNeeded: immediate >> 8))
        default: byte(UInt8(truncatingIfNeeded: immediate))
        }
    }

    private mutating func escaped(_ opcode: UInt8) {
        byte(0x0f)
        byte(opcode)
    }
}
