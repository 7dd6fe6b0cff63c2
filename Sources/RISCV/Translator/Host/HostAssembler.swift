import CMachine

/// Writes x86-64 instructions into a buffer, at most `instructionByteCountMax` bytes each. The caller
/// makes room with `reserve`; nothing else allocates.
@safe
struct HostAssembler: ~Copyable {
    /// The longest instruction that the processor takes (Intel SDM volume 2, 2.3.11).
    static let instructionByteCountMax = 15

    private var start: UnsafeMutableRawPointer
    private var capacity: Int

    /// How many bytes were written.
    private(set) var count = 0

    /// An empty buffer with room for this many bytes.
    init(capacity: Int) {
        self.capacity = max(capacity, 4096)
        unsafe start = unsafe Self.allocate(self.capacity)
    }

    private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let start = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
        // Whole pages inside of what was just allocated.
        unsafe tandem_prefer_large_pages(start, byteCount)
        return unsafe start
    }

    deinit {
        // Allocated in `init` or `reserve`, and by nobody else given back.
        unsafe start.deallocate()
    }

    /// Makes room for this many bytes.
    mutating func reserve(_ byteCount: Int) {
        guard capacity - count < byteCount else { return }
        capacity = max(capacity * 2, count + byteCount)
        let grown = unsafe Self.allocate(capacity)
        // What was written fits the larger buffer.
        unsafe grown.copyMemory(from: start, byteCount: count)
        unsafe start.deallocate()
        unsafe start = grown
    }

    /// The bytes so far.
    var bytes: [UInt8] {
        let written = unsafe UnsafeRawBufferPointer(start: start, count: count)
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, byteCount in
            // `count` bytes were written, and as many are copied.
            if let first = bytes.baseAddress { unsafe tandem_prefer_large_pages(first, count) }
            unsafe UnsafeMutableRawBufferPointer(bytes).copyMemory(from: written)
            byteCount = count
        }
    }

    // MARK: Bytes

    /// Writes one byte.
    @inline(__always)
    mutating func byte(_ value: UInt8) {
        precondition(count < capacity, "reserve makes room")
        // Inside the buffer, as was just checked.
        unsafe start.storeBytes(of: value, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// Writes four bytes, least significant first.
    @inline(__always)
    mutating func word(_ value: UInt32) {
        precondition(count &+ 4 <= capacity, "reserve makes room")
        // Inside the buffer, as was just checked.
        unsafe start.storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt32.self)
        count &+= 4
    }

    /// Overwrites four bytes that were written before.
    mutating func patch(_ value: UInt32, at offset: Int) {
        precondition(offset >= 0 && offset + 4 <= count, "only what was written is patched")
        // Inside what was written, as was just checked.
        unsafe start.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }

    // MARK: Operands (Intel SDM volume 2, 2.1.3 and 2.2.1)

    /// REX (left out where it says nothing), an opcode of one byte, and ModRM with register number
    /// `number` and a place.
    @inline(__always)
    mutating func instruction(
        _ opcode: UInt8, _ number: UInt8, _ place: HostPlace, wide: Bool = false,
        byteRegisters: Bool = false, escape: Bool = false
    ) {
        let high = place.isRegister ? place.registerNumber >> 3 : 0
        let rex = (wide ? 8 : 0) | (number >> 3) << 2 | high
        // Without REX the numbers 4 to 7 name ah, ch, dh and bh as byte registers.
        if rex != 0 || byteRegisters { byte(0x40 | rex) }
        if escape { byte(0x0f) }
        byte(opcode)
        modRM(number, place)
    }

    /// ModRM, SIB and displacement of a register number and a place.
    @inline(__always)
    mutating func modRM(_ number: UInt8, _ place: HostPlace) {
        if place.isRegister {
            byte(0xc0 | (number & 7) << 3 | place.registerNumber & 7)
        } else {
            // [rsp + displacement of 8 bits]
            byte(0x44 | (number & 7) << 3)
            byte(0x24)
            byte(place.displacement)
        }
    }

    /// The rest of an instruction whose operand is guest memory at base + displacement. REX was
    /// written with `guestREX`.
    @inline(__always)
    mutating func guestModRM(_ number: UInt8, _ base: HostRegister?, _ displacement: Int32) {
        guard let base else {
            // [r15 + displacement of 32 bits]
            byte(0x87 | (number & 7) << 3)
            word(UInt32(bitPattern: displacement))
            return
        }
        let isShort = displacement >= -128 && displacement <= 127
        let mode: UInt8 = displacement == 0 ? 0 : isShort ? 0x40 : 0x80
        byte(mode | 4 | (number & 7) << 3)
        byte((base.rawValue & 7) << 3 | 7)
        if displacement == 0 { return }
        if isShort {
            byte(UInt8(truncatingIfNeeded: displacement))
        } else {
            word(UInt32(bitPattern: displacement))
        }
    }

    /// The REX of such an instruction: base is r15, index the register that holds the guest address.
    @inline(__always)
    mutating func guestREX(_ number: UInt8, _ base: HostRegister?) {
        byte(0x41 | (number >> 3) << 2 | ((base?.rawValue ?? 0) >> 3) << 1)
    }
}
