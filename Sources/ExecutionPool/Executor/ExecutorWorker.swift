internal import Bytes
internal import GuestRuntime

/// Carries out commands: what an executor process does, and in-process mode on its threads.
struct ExecutorWorker: ~Copyable {
    private enum Slot {
        case empty
        case loaded(GuestProgram)
        case refused(String)
    }

    private var slots: [Slot] = []

    /// One for all guests, which run one after the other.
    private var workspace = GuestWorkspace()

    /// Carries out one command; the reply to it, where there is one.
    mutating func perform(_ command: ExecutorCommand) -> ExecutorReply? {
        switch command {
        case .load(let slot, let vm, let translation, let wantsTranslation, let elf):
            let content = Self.decode(elf, vm, translation)
            put(content, in: slot)
            return wantsTranslation ? .translated(Self.translation(of: content)) : nil
        case .unload(let slot):
            put(.empty, in: slot)
            return nil
        case .run(let ticket, let slot, let input, let maxCycles, _):
            return run(ticket, slot, input, maxCycles)
        case .check(let ticket, let vm, let elf):
            return Self.check(ticket, vm, elf)
        case .skip(let ticket):
            return .skipped(ticket)
        }
    }

    /// Clears the memory of the last guest, whose outcome is on its way.
    func tidy() { workspace.tidy() }

    private mutating func run(
        _ ticket: ExecutionTicket, _ slot: UInt16, _ input: GuestInput, _ maxCycles: UInt64
    ) -> ExecutorReply {
        switch Int(slot) < slots.count ? slots[Int(slot)] : .empty {
        case .empty: .refused(ticket, "no program was loaded")
        case .refused(let reason): .refused(ticket, reason)
        case .loaded(let program):
            .finished(
                ticket, program.run(input: input, maxCycles: maxCycles, workspace: &workspace))
        }
    }

    /// The slot is within `programSlotCountMax`, or the command is dropped.
    private mutating func put(_ content: Slot, in slot: UInt16) {
        guard slot < ExecutionPoolLimits.programSlotCountMax else { return }
        while slots.count <= Int(slot) { slots.append(.empty) }
        slots[Int(slot)] = content
    }

    private static func decode(_ elf: [UInt8], _ vm: GuestVM, _ translation: [UInt8]) -> Slot {
        do {
            return .loaded(try GuestProgram(elf: elf, vm: vm, translation: translation))
        } catch {
            return .refused("\(error)")
        }
    }

    private static func translation(of slot: Slot) -> [UInt8] {
        guard case .loaded(let program) = slot else { return [] }
        return translation(of: program)
    }

    /// The translation, if there is one and it fits into a message; otherwise empty.
    private static func translation(of program: GuestProgram) -> [UInt8] {
        let bytes = program.encodedTranslation ?? []
        return bytes.count <= ExecutionPoolLimits.translationByteCountMax ? bytes : []
    }

    private static func check(
        _ ticket: ExecutionTicket, _ vm: GuestVM, _ elf: [UInt8]
    ) -> ExecutorReply {
        do {
            let program = try GuestProgram(elf: elf, vm: vm)
            return .accepted(
                ticket, program.computedID, translation: translation(of: program))
        } catch {
            return .refused(ticket, "\(error)")
        }
    }
}
