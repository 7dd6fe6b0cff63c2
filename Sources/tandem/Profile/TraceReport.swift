internal import GuestRuntime
internal import NodeAPI
internal import RISCV

/// The instructions of a trace with the names that people read.
struct TraceReport {
    private let instructions: [TracedInstruction]
    private let names: [FunctionTable.ID: String]
    private let failure: GuestFailure?

    init(_ observer: GuestObserver, _ outcome: GuestOutcome) {
        instructions = observer.traced()
        failure = outcome.failure
        var names: [FunctionTable.ID: String] = [:]
        for function in Set(instructions.map(\.function)) {
            names[function] = SwiftName.readable(observer.name(of: function))
        }
        self.names = names
    }

    /// The lines, one instruction each; the one that the program failed at with what it read.
    var text: [String] {
        guard !instructions.isEmpty else {
            return ["", "The program ended before the first instruction to be shown."]
        }
        let count = instructions.count
        var lines = ["", "\(count) instruction\(count == 1 ? "" : "s"), cycles first:", ""]
        var place: FunctionTable.ID?
        let width = instructions.map { String($0.cycle).count }.max() ?? 0
        for entry in instructions {
            if entry.function != place {
                place = entry.function
                lines.append(shortened(entry) + ":")
            }
            lines.append(line(entry, width: width))
        }
        if let failure, instructions.last?.isExecuted == false {
            lines.append("^ not executed: \(failure)")
        }
        return lines
    }

    private func line(_ entry: TracedInstruction, width: Int) -> String {
        let cycle = String(entry.cycle)
        let text = disassembly(entry)
        let columns =
            String(repeating: " ", count: width - cycle.count) + cycle + "  "
            + HexText.word(entry.address) + "  " + text
        let effects = effects(entry)
        guard !effects.isEmpty else { return columns }
        let gap = String(repeating: " ", count: max(2, 30 - text.count))
        return columns + gap + effects.joined(separator: ", ")
    }

    private func disassembly(_ entry: TracedInstruction) -> String {
        entry.instruction.map { Disassembler.text($0, at: entry.address) } ?? "(no instruction)"
    }

    /// What the instruction did, or what it would have done with.
    private func effects(_ entry: TracedInstruction) -> [String] {
        var effects: [String] = entry.isCharged ? [] : ["not charged"]
        if let call = entry.call { effects.append(call) }
        if let memory = entry.memory {
            let value = memory.value.map { HexText.word($0) } ?? "?"
            let arrow = memory.isStore ? "<-" : "->"
            effects.append("[\(HexText.word(memory.address))] \(arrow) \(value)")
        }
        let registers = entry.isExecuted ? entry.changes : entry.operands
        let values = registers.map { "\(RegisterName.of($0.register)) = \(HexText.word($0.value))" }
        if let first = values.first {
            effects.append(entry.isExecuted ? first : "with " + first)
        }
        return effects + values.dropFirst()
    }

    private func name(_ entry: TracedInstruction) -> String { names[entry.function] ?? "?" }

    private func shortened(_ entry: TracedInstruction) -> String {
        String(name(entry).prefix(ProfileLimits.nameCharacterCountMax))
    }

    /// Writes the member `trace`.
    func write(to writer: inout JSONWriter) {
        writer.beginArray("trace")
        for entry in instructions { write(entry, to: &writer) }
        writer.endArray()
    }

    private func write(_ entry: TracedInstruction, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("step", entry.step)
        writer.field("cycle", entry.cycle)
        writer.field("address", HexText.word(entry.address))
        writer.field("function", name(entry))
        writer.field("offset", UInt64(entry.offset))
        writer.field("text", disassembly(entry))
        writer.field("executed", entry.isExecuted)
        writer.field("charged", entry.isCharged)
        if let call = entry.call {
            writer.field("syscall", call)
        } else {
            writer.nullField("syscall")
        }
        write(entry.operands, as: "reads", to: &writer)
        write(entry.changes, as: "writes", to: &writer)
        if let memory = entry.memory {
            write(memory, to: &writer)
        } else {
            writer.nullField("memory")
        }
        writer.endObject()
    }

    private func write(
        _ registers: [TracedInstruction.RegisterValue], as name: StaticString,
        to writer: inout JSONWriter
    ) {
        writer.beginObject(name)
        for register in registers {
            writer.field(named: RegisterName.of(register.register), HexText.word(register.value))
        }
        writer.endObject()
    }

    private func write(_ memory: TracedInstruction.MemoryAccess, to writer: inout JSONWriter) {
        writer.beginObject("memory")
        writer.field("kind", memory.isStore ? "store" : "load")
        writer.field("address", HexText.word(memory.address))
        writer.field("bytes", UInt64(memory.byteCount))
        if let value = memory.value {
            writer.field("value", HexText.word(value))
        } else {
            writer.nullField("value")
        }
        writer.endObject()
    }
}
