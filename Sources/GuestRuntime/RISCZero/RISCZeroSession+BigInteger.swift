import Bytes
import RISCV

extension RISCZeroSession {
    /// BIGINT: a0 = result, a1 = operation 0, a2 and a3 = factors, a4 = modulus, each of 256 bits. Without
    /// a modulus the product has to fit in them (reference/zkvm.md 1.4).
    mutating func bigInteger() throws(GuestStop) {
        let operation = core.register(.a1)
        guard operation == 0 else {
            throw .invalid("BIGINT operation \(operation): 0 (multiply) is the only one")
        }
        let target = try core.wordAddress(.a0, "BIGINT")
        let left: InlineArray<4, UInt64> = try core.limbs(at: core.wordAddress(.a2, "BIGINT"))
        let right: InlineArray<4, UInt64> = try core.limbs(at: core.wordAddress(.a3, "BIGINT"))
        let modulus: InlineArray<4, UInt64> = try core.limbs(at: core.wordAddress(.a4, "BIGINT"))
        let product = Product256.full(left, right)
        if let remainder = divisors.remainder(of: product, by: modulus) {
            try core.store(remainder, at: target)
        } else {
            guard product[4] | product[5] | product[6] | product[7] == 0 else {
                throw .invalid("BIGINT without a modulus: the product has more than 256 bits")
            }
            try core.store([product[0], product[1], product[2], product[3]], at: target)
        }
        core.charge(9)
        core.finishCall()
    }
}

extension RISCZeroSession {
    /// BIGINT2 (v1.2 and later): a0 = header of the blob, t1, t2 and t3 = program, verifying program and
    /// constants, whose lengths in words the header has; other registers = arenas. What the verifying
    /// program is for, a prover has to check; here it decides the cost (reference/zkvm.md 1.4).
    mutating func bigInteger2() throws(GuestStop) {
        let header = try core.wordAddress(.a0, "BIGINT2")
        let programAddress = try core.wordAddress(.t1, "BIGINT2")
        let verifierAddress = try core.wordAddress(.t2, "BIGINT2")
        let constantsAddress = try core.wordAddress(.t3, "BIGINT2")
        let lengths = try core.read(header, byteCount: 12)
        let programByteCount = 4 * UInt64(lengths.span.littleEndianUInt32(at: 0))
        let verifierWordCount = UInt64(lengths.span.littleEndianUInt32(at: 4))
        let constantsByteCount = 4 * UInt64(lengths.span.littleEndianUInt32(at: 8))
        guard programByteCount <= GuestRuntimeLimits.bigIntegerProgramByteCountMax else {
            throw BigIntegerProgram.wrong("it has \(programByteCount) bytes")
        }
        let program = try BigIntegerProgram(
            parsing: core.read(programAddress, byteCount: programByteCount))
        try core.check(verifierAddress, byteCount: 4 * verifierWordCount)
        try core.check(constantsAddress, byteCount: constantsByteCount)
        try integers.run(program, &core, workMax: core.hostWorkLeft)
        try core.countHostWork(integers.work)
        core.charge(verifierWordCount + 1)
        core.finishCall()
    }
}

extension GuestCore: BigIntegerMemory {
    mutating func load(
        arena: Int, byteOffset: UInt64, into limbs: inout MutableSpan<UInt64>
    ) throws(GuestStop) {
        let address = try arenaAddress(arena, byteOffset, limbs.count)
        do throws(GuestMemoryError) {
            try machine.memory.readLimbs(address, into: &limbs)
        } catch { throw GuestStop(error) }
    }

    mutating func store(
        arena: Int, byteOffset: UInt64, _ limbs: Span<UInt64>
    ) throws(GuestStop) {
        let address = try arenaAddress(arena, byteOffset, limbs.count)
        do throws(GuestMemoryError) {
            if try machine.memory.writeLimbs(address, limbs) { machine.textIsModified = true }
        } catch { throw GuestStop(error) }
    }

    private func arenaAddress(
        _ arena: Int, _ byteOffset: UInt64, _ limbCount: Int
    ) throws(GuestStop) -> UInt32 {
        guard let register = UInt8(exactly: arena), register < 32 else {
            throw BigIntegerProgram.wrong("arena \(arena) is none of the 32 registers")
        }
        let base = machine.state.registers[register]
        guard let address = UInt32(exactly: UInt64(base) + byteOffset) else {
            throw GuestStop(.outside(address: base, byteCount: byteOffset + UInt64(8 * limbCount)))
        }
        return address
    }
}
