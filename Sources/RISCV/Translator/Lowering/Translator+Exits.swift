// How generated code is entered and left. The context's offsets are those of `tandem_context`.
extension Translator {
    private static let hostStack: UInt32 = 128
    private static let budget: UInt32 = 136
    private static let memory: UInt32 = 144
    private static let resume: UInt32 = 152
    private static let exitKind: UInt32 = 160
    private static let exitValue: UInt32 = 164

    /// Where the exit of this kind begins.
    func exit(_ kind: CodeExitKind) -> Int { exits[Int(kind.rawValue)] }

    /// Writes the function that the host calls with the context in rdi, at offset 0, and the exits, which
    /// return from it. An exit has the value in eax.
    mutating func writeEntryAndExits() {
        for register in HostRegister.calleeSaved { assembler.push(register) }
        assembler.storeWide(.rsp, .rdi, Self.hostStack)
        assembler.moveWide(.rsp, from: .rdi)
        assembler.loadWide(.budget, .rsp, Self.budget)
        assembler.loadWide(.memory, .rsp, Self.memory)
        forEachPinned { assembler, guest, host in assembler.move(host, from: .slot(guest)) }
        assembler.loadAX(Self.exitValue)
        assembler.jumpThroughContext(Self.resume)

        let common = assembler.count
        forEachPinned { assembler, guest, host in assembler.move(.slot(guest), from: host) }
        assembler.storeWide(.budget, .rsp, Self.budget)
        assembler.loadWide(.rsp, .rsp, Self.hostStack)
        for register in HostRegister.calleeSaved.reversed() { assembler.pop(register) }
        assembler.returnToCaller()

        for kind in CodeExitKind.allCases {
            exits[Int(kind.rawValue)] = assembler.count
            assembler.storeAX(Self.exitValue)
            assembler.store(immediate: kind.rawValue, Self.exitKind)
            assembler.jump(back: common)
        }
    }

    private mutating func forEachPinned(
        _ body: (inout HostAssembler, UInt8, HostRegister) -> Void
    ) {
        for guest in 1..<32 as Range<UInt8> {
            if let host = plan.place(of: guest).register { body(&assembler, guest, host) }
        }
    }

    /// Leaves here, and gives back what was charged ahead.
    mutating func leave(_ kind: CodeExitKind, _ value: UInt32, ahead: Int32) {
        giveBack(ahead)
        assembler.setAX(value)
        assembler.jump(back: exit(kind))
    }

    /// Leaves here when the condition holds. rax is lost then.
    mutating func leave(
        _ kind: CodeExitKind, _ value: UInt32, if condition: HostCondition, ahead: Int32
    ) {
        let place = assembler.jump(if: condition)
        // Bounded by `codeByteCountMax`.
        coldExits.append(
            ColdExit(
                place: UInt32(truncatingIfNeeded: place), value: value, ahead: ahead,
                kind: .leave(kind)))
    }

    /// Leaves before the instruction at `index`. What was charged ahead of it the host knows.
    mutating func leave(before index: Int) {
        leave(.instruction, UInt32(truncatingIfNeeded: index), ahead: chargedAhead)
    }

    /// Leaves before the instruction at `index` when the condition holds.
    @inline(__always)
    mutating func leave(before index: Int, if condition: HostCondition) {
        leave(.instruction, UInt32(truncatingIfNeeded: index), if: condition, ahead: chargedAhead)
    }

    /// Running off the end of the text.
    mutating func leaveBehindText() throws(GuestMemoryError) {
        try assembler.reserve(TranslatorLimits.coldExitByteCountMax)
        leave(.outsideText, code.base &+ code.byteCount, ahead: behind)
    }

    /// Writes the code that conditional jumps lead to.
    mutating func writeColdExits() throws(GuestMemoryError) {
        for index in 0..<coldExits.count {
            let cold = coldExits[index]
            try assembler.reserve(TranslatorLimits.coldExitByteCountMax)
            assembler.point(Int(cold.place), at: assembler.count)
            switch cold.kind {
            case .leave(let kind): leave(kind, cold.value, ahead: cold.ahead)
            case .jump:
                giveBack(cold.ahead)
                assembler.jump(back: Int(offsets[Int(cold.value)]))
            }
        }
    }
}
