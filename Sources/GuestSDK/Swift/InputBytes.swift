import CTandem

/// Bytes that came into the program, or a part of them, without a copy: the machine put them in
/// memory of their own, which lives as long as the program.
///
/// Indices run from 0 to `count`, in a part too. Reading outside them stops the program.
public struct InputBytes: RandomAccessCollection, GuestBytes {
    private let base: UnsafeRawPointer?

    /// The number of bytes.
    public let count: Int

    init(_ bytes: tandem_bytes) {
        base = UnsafeRawPointer(bytes.bytes)
        count = bytes.count
    }

    private init(base: UnsafeRawPointer?, count: Int) {
        self.base = base
        self.count = count
    }

    public var startIndex: Int { 0 }

    public var endIndex: Int { count }

    public subscript(index: Int) -> UInt8 {
        guard let base, index >= 0, index < count else {
            Program.fail("the program read beyond its input")
        }
        return base.load(fromByteOffset: index, as: UInt8.self)
    }

    /// The `count` bytes from `offset` on; nil when they are not all there.
    public func part(at offset: Int, count: Int) -> InputBytes? {
        guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
            return nil
        }
        return InputBytes(base: base.map { $0 + offset }, count: count)
    }

    /// The big-endian 32-bit number at `offset`.
    func word(at offset: Int) -> UInt32 {
        guard let base, offset >= 0, count >= 4, offset <= count - 4 else {
            Program.fail("the program read beyond its input")
        }
        return UInt32(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: base, count: count))
    }
}
