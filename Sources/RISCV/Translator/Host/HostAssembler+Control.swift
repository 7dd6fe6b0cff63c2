// Jumps, and what the entry and the exits of generated code need.
extension HostAssembler {
    /// JMP with a distance of 32 bits, to be patched; returns where the distance is.
    mutating func jump() -> Int {
        write(HostBytes(0xe9, count: 5))
        return count &- 4
    }

    /// Jcc with a distance of 32 bits, to be patched; returns where the distance is.
    mutating func jump(if condition: HostCondition) -> Int {
        write(HostBytes(0x0f | UInt64(0x80 | condition.rawValue) << 8, count: 6))
        return count &- 4
    }

    /// JMP to an offset that was written before.
    mutating func jump(back offset: Int) {
        let distance = offset &- (count &+ 2)
        if distance >= -128 {
            write(HostBytes(0xeb | UInt64(UInt8(truncatingIfNeeded: distance)) << 8, count: 2))
        } else {
            point(jump(), at: offset)
        }
    }

    /// Jcc to an offset that was written before.
    mutating func jump(if condition: HostCondition, back offset: Int) {
        let distance = offset &- (count &+ 2)
        if distance >= -128 {
            let bits = UInt64(0x70 | condition.rawValue)
            write(HostBytes(bits | UInt64(UInt8(truncatingIfNeeded: distance)) << 8, count: 2))
        } else {
            point(jump(if: condition), at: offset)
        }
    }

    /// Makes the jump whose distance is at `place` go to `offset`.
    mutating func point(_ place: Int, at offset: Int) {
        // Generated code is bounded far below 2^31 bytes (`TranslatorLimits`).
        patch(UInt32(bitPattern: Int32(truncatingIfNeeded: offset &- (place &+ 4))), at: place)
    }

    /// LEA rcx, [offset of this code]; JMP [rcx + rax * 8].
    mutating func jumpThroughTable(at offset: Int) {
        byte(0x48)
        byte(0x8d)
        byte(0x0d)
        word(0)
        point(count - 4, at: offset)
        byte(0xff)
        byte(0x24)
        byte(0xc1)
    }

    /// JMP [rsp + displacement].
    mutating func jumpThroughContext(_ displacement: UInt32) {
        byte(0xff)
        byte(0xa4)
        byte(0x24)
        word(displacement)
    }

    /// MOV register, [base + displacement], 64 bits. The base is rsp or a register that takes no SIB.
    mutating func loadWide(
        _ register: HostRegister, _ base: HostRegister, _ displacement: UInt32
    ) {
        wideMemory(0x8b, register, base, displacement)
        changes(register)
    }

    /// MOV [base + displacement], register, 64 bits.
    mutating func storeWide(
        _ register: HostRegister, _ base: HostRegister, _ displacement: UInt32
    ) {
        wideMemory(0x89, register, base, displacement)
    }

    /// MOV [rsp + displacement], eax.
    mutating func storeAX(_ displacement: UInt32) {
        byte(0x89)
        byte(0x84)
        byte(0x24)
        word(displacement)
    }

    /// MOV eax, [rsp + displacement].
    mutating func loadAX(_ displacement: UInt32) {
        byte(0x8b)
        byte(0x84)
        byte(0x24)
        word(displacement)
        changes(.rax)
    }

    /// MOV eax, immediate.
    mutating func setAX(_ immediate: UInt32) {
        write(HostBytes(0xb8 | UInt64(immediate) << 8, count: 5))
        changes(.rax)
    }

    /// MOV [rsp + displacement], edx.
    mutating func storeDX(_ displacement: UInt32) {
        byte(0x89)
        byte(0x94)
        byte(0x24)
        word(displacement)
    }

    /// MOV edx, [rsp + displacement].
    mutating func loadDX(_ displacement: UInt32) {
        byte(0x8b)
        byte(0x94)
        byte(0x24)
        word(displacement)
    }

    /// NOPs up to a multiple of 16 bytes, for the target of frequent jumps (Intel SDM volume 2, NOP:
    /// recommended sequences).
    mutating func alignTarget() {
        let left = -count & 15
        let first = min(left, 8)
        write(HostBytes(Self.nop(first), count: first))
        write(HostBytes(Self.nop(left - first), count: left - first))
    }

    /// What does nothing, `byteCount` bytes long, the first byte lowest.
    private static func nop(_ byteCount: Int) -> UInt64 {
        switch byteCount {
        case 0: 0
        case 1: 0x90
        case 2: 0x9066
        // 0F 1F /0 with an operand that makes the length; longer by an operand-size prefix.
        case 3: 0x00_1f0f
        case 4: 0x0040_1f0f
        case 5: 0x00_0044_1f0f
        case 6: 0x0000_441f_0f66
        case 7: 0x00_0000_0080_1f0f
        default: 0x0000_0000_0084_1f0f
        }
    }

    /// MOV dword [rsp + displacement], immediate.
    mutating func store(immediate: UInt32, _ displacement: UInt32) {
        byte(0xc7)
        byte(0x84)
        byte(0x24)
        word(displacement)
        word(immediate)
    }

    /// MOV register, register, 64 bits.
    mutating func moveWide(_ target: HostRegister, from source: HostRegister) {
        instruction(0x8b, target.rawValue, .register(source), wide: true)
        changes(target)
    }

    /// PUSH register.
    mutating func push(_ register: HostRegister) {
        if register.rawValue > 7 { byte(0x41) }
        byte(0x50 | register.rawValue & 7)
    }

    /// POP register.
    mutating func pop(_ register: HostRegister) {
        if register.rawValue > 7 { byte(0x41) }
        byte(0x58 | register.rawValue & 7)
    }

    /// RET.
    mutating func returnToCaller() { byte(0xc3) }

    private mutating func wideMemory(
        _ opcode: UInt8, _ register: HostRegister, _ base: HostRegister, _ displacement: UInt32
    ) {
        byte(0x48 | (register.rawValue >> 3) << 2 | base.rawValue >> 3)
        byte(opcode)
        byte(0x80 | (register.rawValue & 7) << 3 | base.rawValue & 7)
        if base.rawValue & 7 == 4 { byte(0x24) }
        word(displacement)
    }
}
