// Reading and writing guest registers.
//
// A slot that was just written costs nothing to read for MOV, for `op register, slot` and for
// `op slot, immediate`: the processor renames it as it does registers. For MOVSXD, RORX, SHLX and
// `op slot, register` it does not, and they wait 10 to 25 cycles (measured on Golden Cove, in chains of the
// same instruction). So those have their operands in registers. CMP and CMOV would wait as well, but what
// they say is mostly foreseen: there an instruction more costs more than the wait.
extension Translator {
    /// Where a guest register is. x0 has a slot that is always zero.
    @inline(__always)
    func place(_ guest: UInt8) -> HostPlace { places[Int(guest & 31)] }

    /// A host register with the value of a guest register: its own, or `scratch` after loading it. The
    /// flags stay.
    @inline(__always)
    mutating func read(_ guest: UInt8, _ scratch: HostRegister) -> HostRegister {
        if let register = place(guest).register { return register }
        if let value = facts.value(of: guest) {
            assembler.move(.register(scratch), immediate: value)
        } else {
            assembler.move(scratch, from: place(guest))
        }
        return scratch
    }

    /// The host register in which the result for a guest register is best computed: its own, or eax.
    @inline(__always)
    func target(_ guest: UInt8) -> HostRegister { place(guest).register ?? .rax }

    /// Puts a result where it belongs.
    @inline(__always)
    mutating func write(_ guest: UInt8, from register: HostRegister) {
        assembler.move(place(guest), from: register)
    }

    /// Writes a value that is known now. The flags stay.
    mutating func write(_ guest: UInt8, value: UInt32) {
        guard guest != DecodedInstruction.sinkRegister else { return }
        assembler.move(place(guest), immediate: value)
        facts.wrote(guest, value: value)
    }

    /// Copies a guest register to another.
    mutating func copy(_ target: UInt8, from source: UInt8) {
        let alignment = facts.alignment(of: source)
        if let value = facts.value(of: source) { return write(target, value: value) }
        if target != source {
            let register = place(source).register ?? self.target(target)
            assembler.move(register, from: place(source))
            write(target, from: register)
        }
        facts.wrote(target, alignment: alignment)
    }
}
