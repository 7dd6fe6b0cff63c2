/// The memory that a BIGINT2 program loads from and stores to.
protocol BigIntegerMemory: ~Copyable {
    /// Fills limbs from the bytes behind the address in a register, 0 to 255 as the program has it.
    mutating func load(
        arena: Int, byteOffset: UInt64, into limbs: inout MutableSpan<UInt64>
    ) throws(GuestStop)

    /// Writes limbs behind the address in a register.
    mutating func store(
        arena: Int, byteOffset: UInt64, _ limbs: Span<UInt64>
    ) throws(GuestStop)
}
