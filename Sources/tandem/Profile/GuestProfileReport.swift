internal import RISCV

/// A profile with the names that people read.
struct GuestProfileReport {
    let profile: ExecutionProfile

    /// What is to be said about names; nil when there is nothing.
    let note: String?

    /// The names of `profile.functions`.
    let names: [String]

    init(_ profile: ExecutionProfile, _ note: String?) {
        self.profile = profile
        self.note = note
        names = profile.functions.map { function in
            let name = SwiftName.readable(function.name)
            return function.kind == .call ? "ecall " + name : name
        }
    }

    /// The stacks below a root, the most expensive first: the names from the outermost on with
    /// semicolons between, and the innermost function's own cycles. What would be longer than
    /// `ProfileLimits.stacksByteCountMax` is one entry at the end. The roots are numbered as in
    /// `ExecutionProfile.stacks`.
    func stacks(root: Int) -> [(stack: String, cycles: UInt64)] {
        let plain = names.map { name in
            // What would end a name or a line.
            String(name.map { $0 == ";" ? ":" : $0.isNewline ? " " : $0 })
        }
        var lines: [(stack: String, cycles: UInt64)] = []
        var byteCount = 0
        var rest: UInt64 = 0
        for index in nodes(root: root) {
            let cycles = profile.stacks[index].cycles
            guard byteCount < ProfileLimits.stacksByteCountMax else {
                rest += cycles
                continue
            }
            let stack = functions(of: index).map { plain[$0] }.joined(separator: ";")
            byteCount += stack.utf8.count
            lines.append((stack, cycles))
        }
        if rest > 0 { lines.append(("[other stacks]", rest)) }
        return lines
    }

    /// One line for each stack that was charged: the names, a space, and the cycles.
    var folded: String {
        stacks(root: 0).map { "\($0.stack) \($0.cycles)\n" }.joined()
    }

    /// Writes the files that were asked for.
    func writeFiles(_ options: ProfileOptions, title: String) throws {
        if let path = options.flameGraph {
            try LocalFiles.write(Array(FlameGraphSVG(self, title: title).text.utf8), to: path)
        }
        if let path = options.folded { try LocalFiles.write(Array(folded.utf8), to: path) }
    }

    /// The nodes below a root that have cycles of their own, the most expensive first.
    private func nodes(root: Int) -> [Int] {
        var roots: [Int] = []
        for (index, node) in profile.stacks.enumerated() {
            // A node stands behind its parent.
            roots.append(node.parent < 0 ? index : roots[node.parent])
        }
        let below = profile.stacks.indices.filter { index in
            let node = profile.stacks[index]
            return roots[index] == root && node.parent >= 0 && node.cycles > 0
        }
        return below.sorted { first, second in
            (profile.stacks[second].cycles, first) < (profile.stacks[first].cycles, second)
        }
    }

    /// The functions on the stack of a node, from the outermost on.
    private func functions(of node: Int) -> [Int] {
        var functions: [Int] = []
        var node = profile.stacks[node]
        while node.parent >= 0 {
            functions.append(node.function)
            node = profile.stacks[node.parent]
        }
        return functions.reversed()
    }
}
