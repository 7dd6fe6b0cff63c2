import Bytes
import RISCV

/// What a program for integers of any length is about to store: groups of sixteen bytes, which become
/// visible when the program has ended.
struct PendingIntegers {
    /// Sixteen bytes, least significant first.
    struct Group {
        let low: UInt64
        let high: UInt64
    }

    /// By address; a later store to the same address replaces an earlier one.
    var groups: [UInt32: Group] = [:]

    /// Whether the program may reach the kernel's memory.
    var reachesKernel = false
}

// The machine's call for integers of any length: RISC Zero's BIGINT2 bytecode (reference/zkvm.md 1.4, 1.9).
extension RISCZeroV2Session {
    /// BIGINT: t0 = whose memory it is about, 0 the user's, 1 all; a0 = header of the blob; t1, t2 and t3 =
    /// program, verifying program and constants, whose lengths in words the header has; other registers =
    /// arenas.
    mutating func bigInteger() throws(GuestStop) {
        let reach = host.core.register(.t0)
        guard reach <= 1 else { throw .invalid("BIGINT in mode \(reach): 0 or 1 is needed") }
        let header = try host.core.wordAddress(.a0, "BIGINT")
        let programAddress = try host.core.wordAddress(.t1, "BIGINT")
        let verifier = try host.core.wordAddress(.t2, "BIGINT")
        let constants = try host.core.wordAddress(.t3, "BIGINT")
        let lengths = try words(header, count: 3)
        guard UInt64(lengths[0]) * 4 <= GuestRuntimeLimits.bigIntegerProgramByteCountMax else {
            throw BigIntegerProgram.wrong("it has \(UInt64(lengths[0]) * 4) bytes")
        }
        let program = try BigIntegerProgram(
            parsing: read(programAddress, byteCount: Int(lengths[0]) * 4))
        try run(program, reachesKernel: reach == 1)
        // The machine looks at the verifying program from the word before it on.
        try check(verifier &- 4, byteCount: Int(lengths[1]) * 4)
        try check(constants, byteCount: Int(lengths[2]) * 4)
        try storePendingIntegers()
        finishCall(cycles: UInt64(lengths[1]) + 2)
    }

    private mutating func run(
        _ program: BigIntegerProgram, reachesKernel: Bool
    ) throws(GuestStop) {
        pendingIntegers.groups.removeAll(keepingCapacity: true)
        pendingIntegers.reachesKernel = reachesKernel
        let workMax = host.core.hostWorkLeft
        // The interpreter is the session's, and so is the memory that it works on.
        var interpreter = BigIntegerInterpreter()
        swap(&interpreter, &host.integers)
        defer { swap(&interpreter, &host.integers) }
        try interpreter.run(program, &self, workMax: workMax)
        try host.core.countHostWork(interpreter.work)
    }

    private mutating func storePendingIntegers() throws(GuestStop) {
        for (address, group) in pendingIntegers.groups.sorted(by: { $0.key < $1.key }) {
            var bytes: [UInt8] = []
            bytes.append(littleEndian: group.low)
            bytes.append(littleEndian: group.high)
            try write(address, bytes.span)
        }
    }
}

extension RISCZeroV2Session: BigIntegerMemory {
    mutating func load(
        arena: Int, byteOffset: UInt64, into limbs: inout MutableSpan<UInt64>
    ) throws(GuestStop) {
        let address = try arenaAddress(arena, byteOffset)
        let bytes = try read(address, byteCount: limbs.count * 8)
        for index in 0..<limbs.count {
            limbs[index] = bytes.span.littleEndianUInt64(at: index * 8)
        }
    }

    mutating func store(
        arena: Int, byteOffset: UInt64, _ limbs: Span<UInt64>
    ) throws(GuestStop) {
        let address = try arenaAddress(arena, byteOffset)
        try check(address, byteCount: limbs.count * 8)
        // Integers have an even number of limbs, and the range was checked: no address wraps.
        for index in stride(from: 0, to: limbs.count - 1, by: 2) {
            pendingIntegers.groups[address &+ UInt32(index * 8)] = .init(
                low: limbs[index], high: limbs[index + 1])
        }
    }

    private func arenaAddress(_ arena: Int, _ byteOffset: UInt64) throws(GuestStop) -> UInt32 {
        guard let register = UInt8(exactly: arena), register < 32 else {
            throw BigIntegerProgram.wrong("arena \(arena) is none of the 32 registers")
        }
        let base = host.core.machine.state.registers[register]
        let end = pendingIntegers.reachesKernel ? .max : AddressMap.userIntegersHigh
        guard base & 3 == 0, let address = UInt32(exactly: UInt64(base) + byteOffset),
            address >= AddressMap.userLow, address < end
        else {
            throw BigIntegerProgram.wrong(
                "arena \(arena) is at \(HexText.word(base)): a multiple of 4 in the memory that the "
                    + "call may reach is needed")
        }
        return address
    }
}
