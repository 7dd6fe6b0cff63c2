import Bytes
import RISCV

// What the kernel and the machine's calls see: the user's memory, the kernel's, and the registers of both
// modes as words of the address space.
extension RISCZeroV2Session {
    /// The kernel's load from an address that is not the user's.
    mutating func load(from address: UInt32) throws(GuestStop) {
        guard let instruction = code.instruction(at: host.core.machine.state.pc),
            address >= AddressMap.kernelLow
        else { throw Self.refused(.loadOutside(address: address)) }
        // The interpreter checked the alignment, so the value lies within its word.
        let word = self.word(address & ~3) >> ((address & 3) * 8)
        let value: UInt32
        switch instruction.operation {
        case .lb: value = UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: word)))
        case .lh: value = UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: word)))
        case .lbu: value = word & 0xff
        case .lhu: value = word & 0xffff
        default: value = word
        }
        host.core.machine.state.registers[instruction.destination] = value
        finishInstruction()
    }

    /// The kernel's store to an address that is not the user's.
    mutating func store(to address: UInt32) throws(GuestStop) {
        guard let instruction = code.instruction(at: host.core.machine.state.pc),
            address >= AddressMap.kernelLow
        else { throw Self.refused(.storeOutside(address: address)) }
        let mask: UInt32
        switch instruction.operation {
        case .sb: mask = 0xff
        case .sh: mask = 0xffff
        default: mask = ~0
        }
        let shift = (address & 3) * 8
        let value = host.core.machine.state.registers[instruction.source2]
        let old = word(address & ~3)
        try setWord(address & ~3, old & ~(mask << shift) | (value & mask) << shift)
        finishInstruction()
    }

    private mutating func finishInstruction() {
        host.core.countInstruction()
        host.core.machine.state.pc &+= 4
    }

    private static func refused(_ fault: MachineFault) -> GuestStop {
        .failed(fault.cause, detail: fault.detail)
    }

    /// The word at an address from `AddressMap.kernelLow` on.
    private func word(_ address: UInt32) -> UInt32 {
        let index = (address &- AddressMap.machineRegisters) / 4
        switch index {
        case 0..<32: return host.core.machine.state.registers[UInt8(index)]
        case 32..<64: return parkedRegisters[UInt8(index - 32)]
        default: return memory.word(address)
        }
    }

    private mutating func setWord(_ address: UInt32, _ value: UInt32) throws(GuestStop) {
        let index = (address &- AddressMap.machineRegisters) / 4
        switch index {
        case 0, 32:
            guard value == 0 else { throw .invalid("the kernel changed x0 to \(value)") }
        case 1..<32: host.core.machine.state.registers[UInt8(index)] = value
        case 33..<64: parkedRegisters[UInt8(index - 32)] = value
        default:
            try checkWritable(address, byteCount: 4)
            try memory.setWord(address, value)
        }
    }

    /// Bytes for a call of the machine's, of the user's memory or the kernel's.
    func read(_ address: UInt32, byteCount: Int) throws(GuestStop) -> [UInt8] {
        guard address >= AddressMap.kernelLow, byteCount > 0 else {
            return try host.core.read(address, byteCount: UInt64(byteCount))
        }
        try Self.checkPlain(address, byteCount: byteCount)
        return memory.read(address, byteCount: byteCount)
    }

    /// The words at an address, as `read` gives them.
    func words(_ address: UInt32, count: Int) throws(GuestStop) -> [UInt32] {
        let bytes = try read(address, byteCount: count * 4)
        return (0..<count).map { bytes.span.littleEndianUInt32(at: $0 * 4) }
    }

    /// Throws unless `read` would find the bytes.
    func check(_ address: UInt32, byteCount: Int) throws(GuestStop) {
        guard address >= AddressMap.kernelLow, byteCount > 0 else {
            return try host.core.check(address, byteCount: UInt64(byteCount))
        }
        try Self.checkPlain(address, byteCount: byteCount)
    }

    /// Writes what a call of the machine's gives.
    mutating func write(_ address: UInt32, _ bytes: Span<UInt8>) throws(GuestStop) {
        guard address >= AddressMap.kernelLow, !bytes.isEmpty else {
            return try host.core.write(address, bytes)
        }
        try Self.checkPlain(address, byteCount: bytes.count)
        try checkWritable(address, byteCount: bytes.count)
        try memory.write(address, bytes)
    }

    /// Throws unless a range lies in the kernel's memory, with no registers in it: no kernel has the
    /// machine read or write those.
    private static func checkPlain(_ address: UInt32, byteCount: Int) throws(GuestStop) {
        let end = Int(address) + byteCount
        let registers = Int(AddressMap.machineRegisters)
        guard end <= registers || Int(address) >= registers + 256,
            KernelMemory.contains(address, byteCount: byteCount)
        else {
            throw GuestStop(.outside(address: address, byteCount: UInt64(byteCount)))
        }
    }

    /// Throws when a range has instructions of the kernel in it, which were decoded ahead of time.
    private func checkWritable(_ address: UInt32, byteCount: Int) throws(GuestStop) {
        let text = Int(code.base)..<Int(code.base) + Int(code.byteCount)
        guard !text.overlaps(Int(address)..<Int(address) + byteCount) else {
            throw .failed(
                .invalidMemoryAccess,
                detail: "the kernel wrote to its own instructions at \(HexText.word(address))")
        }
    }
}
