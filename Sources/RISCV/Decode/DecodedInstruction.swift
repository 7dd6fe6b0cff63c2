/// An instruction taken apart, eight bytes, ready for dispatch.
package struct DecodedInstruction: Hashable, Sendable {
    /// Where an instruction whose destination is x0 writes: a register that nothing reads, so that the
    /// interpreter need not ask at each write.
    package static let sinkRegister: UInt8 = 32

    /// What to do.
    package let operation: Operation

    /// The destination register, `sinkRegister` instead of x0.
    package let destination: UInt8

    /// The first source register, 0 to 31.
    package let source1: UInt8

    /// The second source register, 0 to 31.
    package let source2: UInt8

    /// The immediate operand, sign-extended; the upper 20 bits in place for LUI and AUIPC; the shift
    /// count; the whole word when it is no instruction that either ABI offers.
    package let immediate: UInt32

    init(
        _ operation: Operation, destination: UInt32 = 0, source1: UInt32 = 0, source2: UInt32 = 0,
        immediate: UInt32 = 0
    ) {
        self.operation = operation
        let register = UInt8(truncatingIfNeeded: destination & 31)
        self.destination = register == 0 ? Self.sinkRegister : register
        self.source1 = UInt8(truncatingIfNeeded: source1 & 31)
        self.source2 = UInt8(truncatingIfNeeded: source2 & 31)
        self.immediate = immediate
    }

    /// The instruction of `word`, whose parts are where `layout` says.
    @inline(__always)
    init(_ operation: Operation, _ word: UInt32, _ layout: InstructionFormat.Layout) {
        self.operation = operation
        let registers = layout.registers(word)
        let register = UInt8(truncatingIfNeeded: registers &>> 8)
        // One less than zero has that bit, too, two places higher. Nobody foresees who writes x0: no jump.
        destination = register | (register &- 1) &>> 2 & Self.sinkRegister
        source1 = UInt8(truncatingIfNeeded: registers &>> 16)
        source2 = UInt8(truncatingIfNeeded: registers &>> 24)
        immediate = layout.immediate(word)
    }
}
