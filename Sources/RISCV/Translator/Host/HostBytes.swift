/// Some bytes of an instruction, at most eight, which are put together in a register and written at once.
struct HostBytes {
    /// The bytes, the first lowest. Those behind `count` mean nothing.
    private(set) var bits: UInt64
    /// How many bytes there are.
    private(set) var count: Int

    /// No bytes.
    @inline(__always)
    init() { (bits, count) = (0, 0) }

    /// The `count` lowest bytes of `bits`, lowest first. To append others, those above are to be zero.
    @inline(__always)
    init(_ bits: UInt64, count: Int) { (self.bits, self.count) = (bits, count) }

    /// One byte more.
    @inline(__always)
    mutating func append(_ byte: UInt8) { append(HostBytes(UInt64(byte), count: 1)) }

    /// One byte more, or none. Whether there is one is seldom foreseeable: no jump.
    @inline(__always)
    mutating func append(_ byte: UInt8, if isThere: Bool) {
        let count = isThere ? 1 : 0
        append(HostBytes(isThere ? UInt64(byte) : 0, count: count))
    }

    /// Other bytes behind these, eight in all at most.
    @inline(__always)
    mutating func append(_ other: HostBytes) {
        bits |= other.bits &<< UInt64(truncatingIfNeeded: 8 &* count)
        count &+= other.count
    }
}

// Operands (Intel SDM volume 2, 2.1.3 and 2.2.1).
extension HostBytes {
    /// ModRM, SIB and displacement of a register number and guest memory at base + displacement.
    @inline(__always)
    static func modRM(
        _ number: UInt8, guest base: HostRegister?, _ displacement: Int32
    ) -> HostBytes {
        let bits = UInt64(UInt32(bitPattern: displacement))
        // [r15 + displacement of 32 bits]
        guard let base else {
            return HostBytes(UInt64(0x87 | (number & 7) << 3) | bits << 8, count: 5)
        }
        let isShort = displacement >= -128 && displacement <= 127
        let mode: UInt8 = displacement == 0 ? 0 : isShort ? 0x40 : 0x80
        let modRM = UInt64(mode | 4 | (number & 7) << 3)
        let sib = UInt64((base.rawValue & 7) << 3 | 7)
        let byteCount = displacement == 0 ? 0 : isShort ? 1 : 4
        return HostBytes(modRM | sib << 8 | bits << 16, count: 2 &+ byteCount)
    }

    /// ModRM and a displacement of 8 or 32 bits from a base that is not rsp.
    @inline(__always)
    static func modRM(_ number: UInt8, base: HostRegister, _ displacement: Int32) -> HostBytes {
        let isShort = displacement >= -128 && displacement <= 127
        let mode: UInt8 = isShort ? 0x40 : 0x80
        var bytes = HostBytes(UInt64(mode | (number & 7) << 3 | base.rawValue & 7), count: 1)
        // r12 as a base takes a SIB byte.
        bytes.append(0x24, if: base.rawValue & 7 == 4)
        let bits = UInt64(UInt32(bitPattern: displacement))
        bytes.append(HostBytes(bits, count: isShort ? 1 : 4))
        return bytes
    }
}
