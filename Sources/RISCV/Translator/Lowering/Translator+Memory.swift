// Loads and stores. Whether an address may be accessed the system says: what may not be, or has to be
// looked at first, faults (GuestMemory+Protection). The alignment is tested here, because x86-64 does not
// care and both ABIs do.
extension Translator {
    /// LW, LH, LHU, LB, LBU. A load to x0 happens, for it may fault.
    mutating func load(
        _ kind: HostAssembler.LoadKind, alignment: UInt8, _ destination: UInt8, _ source: UInt8,
        _ immediate: UInt32, _ index: Int
    ) {
        let isKept = destination != DecodedInstruction.sinkRegister
        guard let (base, displacement) = address(source, immediate, alignment, index) else {
            facts.wrote(destination)
            return
        }
        let target = isKept ? target(destination) : .rax
        assembler.load(kind, target, base, displacement)
        if isKept { write(destination, from: target) }
        facts.wrote(destination)
        // Behind an access the code may be entered, with the value of the destination in eax.
        if target != .rax { assembler.forgetHeld() }
    }

    /// LW into eax, for a look at what it gives. False when the code leaves instead.
    mutating func loadForTest(_ instruction: DecodedInstruction, _ index: Int) -> Bool {
        let (source, immediate) = (instruction.source1, instruction.immediate)
        guard let (base, displacement) = address(source, immediate, 2, index) else {
            facts.wrote(instruction.destination)
            return false
        }
        assembler.load(.word, .rax, base, displacement)
        return true
    }

    /// SW, SH, SB.
    mutating func store(
        alignment: UInt8, _ value: UInt8, _ address: UInt8, _ immediate: UInt32, _ index: Int
    ) {
        guard let (base, displacement) = self.address(address, immediate, alignment, index)
        else { return }
        if !textIsFixed { leaveIfText(base, index) }
        let byteCount: UInt8 = 1 &<< alignment
        if let known = facts.value(of: value) {
            assembler.store(byteCount: byteCount, immediate: known, base, displacement)
        } else {
            let source = read(value, .rcx)
            assembler.store(byteCount: byteCount, source, base, displacement)
        }
        assembler.forgetHeld()
    }

    /// The base register (nil for none) and the displacement of an access, after the test of its
    /// alignment. Nil when it is known to be misaligned; the code leaves then.
    @inline(__always)
    private mutating func address(
        _ source: UInt8, _ immediate: UInt32, _ alignment: UInt8, _ index: Int
    ) -> (HostRegister?, Int32)? {
        let mask = UInt32(1) &<< UInt32(alignment) &- 1
        if let value = facts.value(of: source) {
            let address = value &+ immediate
            guard address & mask == 0, address < 1 << 31 else {
                leave(before: index)
                return nil
            }
            return (nil, Int32(bitPattern: address))
        }
        let base = read(source, .rax)
        let displacement = Int32(bitPattern: immediate)
        if immediate & mask != 0 {
            assembler.add(.rcx, base, displacement: immediate)
            assembler.test(.rcx, lowBits: UInt8(truncatingIfNeeded: mask))
            leave(before: index, if: .notEqual)
        } else if facts.alignment(of: source) < alignment {
            assembler.test(base, lowBits: UInt8(truncatingIfNeeded: mask))
            leave(before: index, if: .notEqual)
            facts.learned(source, alignment: alignment)
        }
        return (base, displacement)
    }
}
