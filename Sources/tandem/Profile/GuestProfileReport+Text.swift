internal import RISCV

extension GuestProfileReport {
    /// The tables, line by line.
    var text: [String] {
        var lines: [String] = []
        lines += ["", "Cycles by function, of \(NumberText.grouped(profile.cycles)):", ""]
        lines += functionTable
        if let note { lines += ["", "Note: " + note + "."] }
        if profile.stacksAreCut {
            lines += [
                "",
                "Note: calls went deeper than \(RISCVLimits.callTreeDepthMax), or there were "
                    + "more than \(RISCVLimits.callTreeNodeCountMax) stacks; what is beyond has no "
                    + "inclusive cycles.",
            ]
        }
        lines += callSection + unchargedSection + blockSection
        return lines
    }

    private func shortened(_ index: Int) -> String {
        guard index >= 0 else { return "?" }
        let limit = ProfileLimits.nameCharacterCountMax
        let name = names[index]
        return name.count <= limit ? name : name.prefix(limit - 1) + "…"
    }

    private var functionTable: [String] {
        var table = TextTable(["self", "%", "inclusive", "%", "entered", "function"])
        let shown = profile.functions.indices.filter { profile.functions[$0].cycles > 0 }
            .prefix(ProfileLimits.functionRowCountMax)
        for index in shown {
            let function = profile.functions[index]
            table.add(
                cells(function.cycles) + cells(function.inclusiveCycles)
                    + [NumberText.grouped(function.entryCount), shortened(index)])
        }
        let rest = profile.functions.dropFirst(shown.count).filter { $0.cycles > 0 }
        if !rest.isEmpty {
            let cycles = rest.reduce(0) { $0 + $1.cycles }
            table.add(cells(cycles) + ["", "", "", "(\(rest.count) others)"])
        }
        table.add(cells(profile.cycles) + ["", "", "", "(all)"])
        return table.lines
    }

    private func cells(_ cycles: UInt64) -> [String] {
        [NumberText.grouped(cycles), NumberText.percent(cycles, of: profile.cycles)]
    }

    private var callSection: [String] {
        let calls = profile.functions.filter {
            $0.kind == .call && ($0.entryCount > 0 || $0.unchargedEntryCount > 0)
        }
        guard !calls.isEmpty else { return [] }
        var table = TextTable(["count", "cycles", "%", "call of the host"])
        for call in calls {
            let outside = call.unchargedEntryCount
            let note = outside > 0 ? "  (and \(NumberText.grouped(outside)) uncharged)" : ""
            table.add(
                [NumberText.grouped(call.entryCount)] + cells(call.cycles) + [call.name + note])
        }
        return ["", "Calls of the host, with what was charged for them:", ""] + table.lines
    }

    private var unchargedSection: [String] {
        guard profile.unchargedCycles > 0 else { return [] }
        var table = TextTable(["self", "function"])
        let ordered = profile.functions.indices.filter { profile.functions[$0].unchargedCycles > 0 }
            .sorted {
                profile.functions[$0].unchargedCycles > profile.functions[$1].unchargedCycles
            }
        for index in ordered.prefix(ProfileLimits.functionRowCountMax) {
            let cycles = profile.functions[index].unchargedCycles
            table.add([NumberText.grouped(cycles), shortened(index)])
        }
        let rest = ordered.dropFirst(ProfileLimits.functionRowCountMax)
        if !rest.isEmpty {
            let cycles = rest.reduce(0) { $0 + profile.functions[$1].unchargedCycles }
            table.add([NumberText.grouped(cycles), "(\(rest.count) others)"])
        }
        let all = NumberText.grouped(profile.unchargedCycles)
        return [
            "", "Beside that, not charged (unconstrained blocks, forked children), \(all):", "",
        ] + table.lines
    }

    private var blockSection: [String] {
        let blocks = profile.blocks.prefix(ProfileLimits.blockCountMax)
        guard !blocks.isEmpty else { return [] }
        var lines = ["", "Hottest blocks, without what was charged for calls:"]
        for block in blocks {
            let share = NumberText.percent(block.cycles, of: profile.cycles)
            lines += [
                "",
                "\(place(block)): \(NumberText.grouped(block.cycles)) cycles (\(share) %), "
                    + "executed \(NumberText.grouped(block.executions)) times",
            ]
            for (address, text) in disassembly(of: block).prefix(ProfileLimits.blockLineCountMax) {
                lines.append("    \(HexText.word(address))  \(text)")
            }
            let more = block.instructions.count - ProfileLimits.blockLineCountMax
            if more > 0 { lines.append("    … and \(more) more") }
        }
        return lines
    }

    private func place(_ block: ExecutionProfile.Block) -> String {
        let offset = block.offset == 0 ? "" : "+0x" + String(block.offset, radix: 16)
        return HexText.word(block.address) + " " + shortened(block.function) + offset
    }

    /// The instructions of a block with their addresses.
    func disassembly(of block: ExecutionProfile.Block) -> [(address: UInt32, text: String)] {
        block.instructions.enumerated().map { index, instruction in
            // A block lies inside the text.
            let address = block.address &+ UInt32(truncatingIfNeeded: index) &* 4
            return (address, Disassembler.text(instruction, at: address))
        }
    }
}
