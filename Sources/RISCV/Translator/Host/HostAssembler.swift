/// Writes x86-64 instructions into memory for code, at most `instructionByteCountMax` bytes each. The caller
/// makes room with `reserve`, for an instruction more than there will be; nothing else allocates.
struct HostAssembler: ~Copyable {
    /// The longest instruction that the processor takes (Intel SDM volume 2, 2.3.11).
    static let instructionByteCountMax = 15

    private var buffer: CodeBuffer

    /// The slot whose value eax has as well: it need not be loaded again. Eax itself when there is none.
    private var held = HostPlace.register(.rax)

    /// How many bytes were written.
    var count: Int {
        @inline(__always) get { buffer.count }
    }

    /// Nothing, with room for this many bytes, behind a table of entries of `tableByteCount` bytes.
    ///
    /// - Throws: `hostRefused`.
    init(capacity: Int, tableByteCount: Int = 0) throws(GuestMemoryError) {
        buffer = try CodeBuffer(tableByteCount: tableByteCount, capacity: capacity)
    }

    /// Makes room for this many bytes.
    ///
    /// - Throws: `hostRefused`.
    @inline(__always)
    mutating func reserve(_ byteCount: Int) throws(GuestMemoryError) {
        try buffer.reserve(byteCount)
    }

    /// What was written, to be made executable.
    consuming func finish() -> CodeBuffer { buffer }

    /// A copy of what was written.
    var bytes: [UInt8] { buffer.bytes }

    // MARK: What eax holds

    /// Code may come here from elsewhere.
    mutating func forgetHeld() { held = .register(.rax) }

    /// An instruction changes a register.
    @inline(__always)
    mutating func changes(_ register: HostRegister) {
        if register == .rax { forgetHeld() }
    }

    /// An instruction changes this place.
    @inline(__always)
    mutating func changes(_ place: HostPlace) {
        held = place == .register(.rax) || place == held ? .register(.rax) : held
    }

    /// eax and this place have the same value now.
    @inline(__always)
    mutating func holds(_ place: HostPlace) { held = place.isRegister ? .register(.rax) : place }

    /// Where the value of a place is read at the least cost.
    @inline(__always)
    func source(_ place: HostPlace) -> HostPlace { place == held ? .register(.rax) : place }

    // MARK: Bytes

    /// Writes one byte.
    @inline(__always)
    mutating func byte(_ value: UInt8) {
        buffer.append(UInt64(value), byteCount: 1)
    }

    /// Writes four bytes, least significant first.
    @inline(__always)
    mutating func word(_ value: UInt32) {
        buffer.append(UInt64(value), byteCount: 4)
    }

    /// Overwrites four bytes that were written before.
    @inline(__always)
    mutating func patch(_ value: UInt32, at offset: Int) {
        buffer.patch(value, at: offset)
    }

    /// Writes bytes.
    @inline(__always)
    mutating func write(_ bytes: HostBytes) {
        buffer.append(bytes.bits, byteCount: bytes.count)
    }

    /// REX (left out where it says nothing), an opcode of one byte, ModRM with register number `number` and a
    /// place, and what comes behind: eight bytes in all at most.
    @inline(__always)
    mutating func instruction(
        _ opcode: UInt8, _ number: UInt8, _ place: HostPlace, wide: Bool = false,
        byteRegisters: Bool = false, escape: Bool = false, _ behind: HostBytes = HostBytes()
    ) {
        var bytes = place.instruction(
            opcode, number, wide: wide, byteRegisters: byteRegisters, escape: escape)
        bytes.append(behind)
        write(bytes)
    }
}
