/// The shifts by an immediate, numbered as ModRM names them (group 2).
enum HostShift: UInt8 {
    case left = 4, rightLogical = 5, rightArithmetic = 7
}

// Shifts and rotations, 32 bits wide unless the name says otherwise.
extension HostAssembler {
    /// SHL, SHR or SAR place, immediate below 32 (64 when wide).
    mutating func shift(_ kind: HostShift, _ place: HostPlace, by count: UInt8, wide: Bool = false)
    {
        instruction(
            0xc1, kind.rawValue, place, wide: wide, HostBytes(UInt64(count), count: 1))
        changes(place)
    }

    /// SHLX, SHRX or SARX register, place, register: the count is taken modulo 32, as RISC-V does.
    mutating func shift(
        _ kind: HostShift, _ target: HostRegister, _ source: HostPlace, by count: HostRegister
    ) {
        let prefix: UInt8 =
            switch kind {
            case .left: 1
            case .rightArithmetic: 2
            case .rightLogical: 3
            }
        let nearest = self.source(source)
        vex(0xf7, target.rawValue, nearest, second: count.rawValue, prefix: prefix, map: 2)
        changes(target)
    }

    /// RORX register, place, immediate.
    mutating func rotateRight(_ target: HostRegister, _ source: HostPlace, by count: UInt8) {
        let nearest = self.source(source)
        vex(0xf0, target.rawValue, nearest, second: 0, prefix: 3, map: 3)
        byte(count)
        changes(target)
    }

    /// SHLD or SHRD register, register, immediate: what is shifted in comes from `filling`.
    mutating func shift(
        _ kind: HostShift, _ target: HostRegister, filling: HostRegister, by count: UInt8
    ) {
        let opcode: UInt8 = kind == .left ? 0xa4 : 0xac
        instruction(
            opcode, filling.rawValue, .register(target), escape: true,
            HostBytes(UInt64(count), count: 1))
        changes(target)
    }

    /// The VEX prefix of three bytes, length 0 and W 0 (Intel SDM volume 2, 2.3.5), opcode and ModRM.
    private mutating func vex(
        _ opcode: UInt8, _ number: UInt8, _ place: HostPlace, second: UInt8, prefix: UInt8,
        map: UInt8
    ) {
        let high = place.highBit
        var bytes = HostBytes()
        bytes.append(0xc4)
        bytes.append((number >> 3 ^ 1) << 7 | 0x40 | (high ^ 1) << 5 | map)
        bytes.append((second ^ 15) << 3 | prefix)
        bytes.append(opcode)
        bytes.append(place.operand(number))
        write(bytes)
    }
}
