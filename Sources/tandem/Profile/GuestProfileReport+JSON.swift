internal import NodeAPI
internal import RISCV

extension GuestProfileReport {
    /// Writes the member `profile`: everything that was recorded.
    func write(to writer: inout JSONWriter) {
        writer.beginObject("profile")
        writer.field("cycles", profile.cycles)
        writer.field("instructions", profile.instructions)
        writer.field("uncharged_cycles", profile.unchargedCycles)
        writer.field("uncharged_instructions", profile.unchargedInstructions)
        writer.field("has_symbols", profile.hasSymbols)
        writer.field("stacks_are_cut", profile.stacksAreCut)
        if let note { writer.field("note", note) } else { writer.nullField("note") }
        writer.beginArray("functions")
        for index in profile.functions.indices { write(function: index, to: &writer) }
        writer.endArray()
        writer.beginArray("syscalls")
        for call in profile.functions where call.kind == .call { write(call: call, to: &writer) }
        writer.endArray()
        writer.beginArray("blocks")
        for block in profile.blocks { write(block: block, to: &writer) }
        writer.endArray()
        write(stacks: stacks(root: 0), as: "stacks", to: &writer)
        write(stacks: stacks(root: 1), as: "uncharged_stacks", to: &writer)
        writer.endObject()
    }

    private func write(function index: Int, to writer: inout JSONWriter) {
        let function = profile.functions[index]
        writer.beginObject()
        writer.field("name", names[index])
        switch function.kind {
        case .code(let address, _):
            writer.field("kind", "function")
            writer.field("address", HexText.word(address))
        case .call:
            writer.field("kind", "syscall")
            writer.nullField("address")
        case .other:
            writer.field("kind", "other")
            writer.nullField("address")
        }
        writer.field("self_cycles", function.cycles)
        writer.field("inclusive_cycles", function.inclusiveCycles)
        writer.field("entries", function.entryCount)
        writer.field("uncharged_cycles", function.unchargedCycles)
        writer.endObject()
    }

    private func write(call: ExecutionProfile.Function, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", call.name)
        writer.field("count", call.entryCount)
        writer.field("cycles", call.cycles)
        writer.field("uncharged_count", call.unchargedEntryCount)
        writer.endObject()
    }

    private func write(block: ExecutionProfile.Block, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("address", HexText.word(block.address))
        writer.field("function", block.function < 0 ? "" : names[block.function])
        writer.field("offset", UInt64(block.offset))
        writer.field("executions", block.executions)
        writer.field("cycles", block.cycles)
        writer.beginArray("instructions")
        for (address, text) in disassembly(of: block) {
            writer.beginObject()
            writer.field("address", HexText.word(address))
            writer.field("text", text)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private func write(
        stacks: [(stack: String, cycles: UInt64)], as name: StaticString,
        to writer: inout JSONWriter
    ) {
        writer.beginArray(name)
        for stack in stacks {
            writer.beginObject()
            writer.field("stack", stack.stack)
            writer.field("cycles", stack.cycles)
            writer.endObject()
        }
        writer.endArray()
    }
}
