import CMachine

/// The code of a program where it is executed, with its table of entries right before it (8 bytes for each
/// instruction). Never writable: any number of threads may execute it.
@safe
final class CodeMapping: Sendable {
    /// The host address of the table.
    private let start: UInt
    private let tableByteCount: Int

    /// How many bytes of code there are.
    let count: Int

    /// Takes over the pages from `start`, which are executable and not writable.
    fileprivate init(start: UnsafeMutableRawPointer, tableByteCount: Int, count: Int) {
        self.start = UInt(bitPattern: start)
        self.tableByteCount = tableByteCount
        self.count = count
    }

    deinit {
        if let first = unsafe UnsafeMutableRawPointer(bitPattern: start) {
            // The pages that `init` took over; nobody runs the code any more, for they hold `self`.
            unsafe tandem_release(first, CodeBuffer.pageBytes(tableByteCount + count))
        }
    }

    /// The host address of an offset of the code.
    func address(_ offset: UInt32) -> UInt64 {
        UInt64(start) + UInt64(tableByteCount) + UInt64(offset)
    }

    /// The function that enters the code.
    var entry: UnsafeRawPointer {
        guard let entry = unsafe UnsafeRawPointer(bitPattern: start + UInt(tableByteCount)) else {
            preconditionFailure("a mapping is not at address 0")
        }
        return unsafe entry
    }

    /// Calls `body` with the bytes of the code.
    func withUnsafeBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        // As many bytes as there are, which live as long as `self`.
        unsafe body(UnsafeRawBufferPointer(start: entry, count: count))
    }
}

/// Memory that code is written to, where it will be executed: writable as long as somebody has this, then
/// executable, never both.
///
///     | table of entries | code, `count` bytes so far | room |
@safe
struct CodeBuffer: ~Copyable {
    /// The mapping, as long as `tableByteCount` and `capacity` and rounded up to pages.
    private var mapping: UnsafeMutableRawPointer
    private let tableByteCount: Int
    private var capacity: Int
    /// Where the code begins, and where the next byte of it will be.
    private var code: UnsafeMutableRawPointer
    private var next: UnsafeMutableRawPointer
    /// The last place that has room for eight bytes.
    private var last: UnsafeMutableRawPointer

    /// How many bytes of code were written.
    var count: Int {
        @inline(__always) get { unsafe next - code }
    }

    /// Room for a table of `tableByteCount` bytes, a multiple of 8, and for `capacity` bytes of code.
    ///
    /// - Throws: `hostRefused`.
    init(tableByteCount: Int, capacity: Int) throws(GuestMemoryError) {
        self.tableByteCount = tableByteCount
        self.capacity = max(capacity, 4096)
        unsafe mapping = try Self.map(tableByteCount + self.capacity)
        // As long as the table and the code, of which there are eight bytes or more.
        unsafe code = mapping + tableByteCount
        unsafe next = code
        unsafe last = code + (self.capacity - 8)
    }

    deinit {
        // Mapped in `init` or `reserve`, and not sealed.
        unsafe tandem_release(mapping, Self.pageBytes(tableByteCount + capacity))
    }

    /// As many bytes in whole pages.
    fileprivate static func pageBytes(_ byteCount: Int) -> Int { (byteCount + 4095) & ~4095 }

    private static func map(_ byteCount: Int) throws(GuestMemoryError) -> UnsafeMutableRawPointer {
        let rounded = pageBytes(byteCount)
        guard let start = unsafe tandem_reserve(rounded) else { throw .hostRefused }
        // The mapping that was just made.
        unsafe tandem_prefer_large_pages(start, rounded)
        return unsafe start
    }

    /// Makes room for this many bytes.
    ///
    /// - Throws: `hostRefused`.
    @inline(__always)
    mutating func reserve(_ byteCount: Int) throws(GuestMemoryError) {
        if unsafe last - next < byteCount - 8 { try grow(byteCount) }
    }

    private mutating func grow(_ byteCount: Int) throws(GuestMemoryError) {
        let count = count
        // An upper bound of what is written is asked for, so that long code is refused a little early.
        guard count + byteCount <= TranslatorLimits.codeByteCountMax else { throw .hostRefused }
        let larger = max(2 * capacity, count + byteCount)
        let grown = unsafe try Self.map(tableByteCount + larger)
        // What was written fits the larger buffer. The table is written last.
        unsafe (grown + tableByteCount).copyMemory(from: code, byteCount: count)
        unsafe tandem_release(mapping, Self.pageBytes(tableByteCount + capacity))
        unsafe mapping = grown
        capacity = larger
        // As in `init`; what was written is as long as before.
        unsafe code = mapping + tableByteCount
        unsafe next = code + count
        unsafe last = code + (larger - 8)
    }

    /// Writes the `byteCount` lowest bytes of `bits`, lowest first, at most eight. There is to be room for
    /// eight.
    @inline(__always)
    mutating func append(_ bits: UInt64, byteCount: Int) {
        precondition(unsafe next <= last, "reserve makes room")
        // Eight bytes inside the room, as was just checked, and no more of them than that are kept.
        unsafe next.storeBytes(of: bits.littleEndian, as: UInt64.self)
        unsafe next += byteCount
    }

    /// A copy of the code so far.
    var bytes: [UInt8] {
        // As many bytes as were written.
        unsafe [UInt8](UnsafeRawBufferPointer(start: code, count: count))
    }

    /// Overwrites four bytes that were written before.
    @inline(__always)
    mutating func patch(_ value: UInt32, at offset: Int) {
        precondition(offset >= 0 && offset &+ 4 <= count, "only what was written is patched")
        // Inside what was written, as was just checked.
        unsafe code.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }

    /// Writes bytes.
    mutating func append(_ bytes: Span<UInt8>) throws(GuestMemoryError) {
        try reserve(bytes.count)
        // There is room, and the bytes are elsewhere.
        unsafe bytes.withUnsafeBytes { source in
            if let first = source.baseAddress {
                unsafe next.copyMemory(from: first, byteCount: source.count)
            }
        }
        unsafe next += bytes.count
    }

    /// Writes the table, gives back the room that is left, and makes the code executable.
    ///
    /// - Parameters:
    ///   - offsets: where the code of each instruction begins. There are as many, or more, as marks.
    ///   - marks: one for each instruction, as many as the table has room for.
    ///   - otherwise: where those lead that are no entries.
    /// - Throws: `hostRefused`.
    consuming func seal(
        offsets: CodeOffsets, marks: Span<UInt8>, otherwise: UInt32
    ) throws(GuestMemoryError) -> CodeMapping {
        precondition(marks.count * 8 <= tableByteCount && marks.count <= offsets.count)
        let start = UInt64(UInt(bitPattern: unsafe code))
        // There are eight bytes for each instruction, as was just checked, and no other instructions.
        let table = unsafe mapping.initializeMemory(
            as: UInt64.self, repeating: start + UInt64(otherwise), count: marks.count)
        BlockStarts(marks, having: BlockMap.Mark.entry).forEach {
            unsafe table[$0] = start + UInt64(offsets[$0])
        }
        return try sealed()
    }

    private consuming func sealed() throws(GuestMemoryError) -> CodeMapping {
        let used = Self.pageBytes(tableByteCount + count)
        guard unsafe tandem_protect(mapping, used, TANDEM_ACCESS_EXECUTE) == 0 else {
            _ = consume self
            throw .hostRefused
        }
        let room = Self.pageBytes(tableByteCount + capacity) - used
        // The pages behind those that are used; the others are the mapping's that is returned.
        if room > 0 { unsafe tandem_release(mapping + used, room) }
        let sealed = unsafe CodeMapping(
            start: mapping, tableByteCount: tableByteCount, count: count)
        discard self
        return sealed
    }
}
