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
        let (number, rex) = (target.rawValue, UInt64(guestREX(target.rawValue, base)))
        let operand = HostBytes.modRM(number, guest: base, displacement)
        if kind == .word {
            let bits = rex | UInt64(kind.rawValue) << 8 | operand.bits << 16
            write(HostBytes(bits, count: 2 &+ operand.count))
        } else {
            write(HostBytes(rex | 0x0f << 8, count: 2))
            write(HostBytes(UInt64(kind.rawValue) | operand.bits << 8, count: 1 &+ operand.count))
        }
        changes(target)
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
        if byteCount == 2 { write(HostBytes(0x66, count: 1)) }
        let rex = UInt64(guestREX(number, base))
        let operand = HostBytes.modRM(number, guest: base, displacement)
        let bits = rex | UInt64(opcode) << 8 | operand.bits << 16
        write(HostBytes(bits, count: 2 &+ operand.count))
    }

    /// REX of an access: the register number, and the one that holds the guest address as index of r15.
    @inline(__always)
    private func guestREX(_ number: UInt8, _ base: HostRegister?) -> UInt8 {
        0x41 | (number >> 3) << 2 | ((base?.rawValue ?? 0) >> 3) << 1
    }
}
