/// The integer registers x0 to x31, and the sink that instructions with destination x0 write to.
@frozen @usableFromInline package struct RegisterFile: Sendable {
    // 64 slots, so that six bits of any index are in range and the compiler can drop the check.
    @usableFromInline var slots = InlineArray<64, UInt32>(repeating: 0)

    /// All registers zero.
    package init() {}

    /// Register `index`; 0 is always zero, `DecodedInstruction.sinkRegister` is never read.
    package subscript(index: UInt8) -> UInt32 {
        // Hosts read registers in every call: not in line, each would copy all of them first.
        @inlinable @inline(__always) get { slots[Int(index & 63)] }
        @inlinable @inline(__always) set { slots[Int(index & 63)] = newValue }
    }

    /// Copies x0 to x31 into the block that generated code works on.
    func copy(to block: inout Block) {
        unsafe withUnsafeMutableBytes(of: &block) { target in
            unsafe withUnsafeBytes(of: slots) { source in
                // 32 words here, and the first 32 of 64 words there.
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(128)))
            }
        }
    }

    /// Takes x0 to x31 from that block.
    mutating func copy(from block: Block) {
        unsafe withUnsafeMutableBytes(of: &slots) { target in
            unsafe withUnsafeBytes(of: block) { source in
                // As in the other direction.
                unsafe target.copyMemory(from: source)
            }
        }
    }

    /// How C's `uint32_t registers[32]` looks in Swift.
    typealias Block = (
        UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32,
        UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32,
        UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32
    )

    /// x0 to x31.
    package var values: [UInt32] { (0..<32).map { self[$0] } }
}
