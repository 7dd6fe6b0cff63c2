/// The integer registers x0 to x31, and the sink that instructions with destination x0 write to.
package struct RegisterFile: Sendable {
    // 64 slots, so that six bits of any index are in range and the compiler can drop the check.
    private var slots = InlineArray<64, UInt32>(repeating: 0)

    /// All registers zero.
    package init() {}

    /// Register `index`; 0 is always zero, `DecodedInstruction.sinkRegister` is never read.
    package subscript(index: UInt8) -> UInt32 {
        @inline(__always) get { slots[Int(index & 63)] }
        @inline(__always) set { slots[Int(index & 63)] = newValue }
    }

    /// x0 to x31.
    package var values: [UInt32] { (0..<32).map { self[$0] } }
}
