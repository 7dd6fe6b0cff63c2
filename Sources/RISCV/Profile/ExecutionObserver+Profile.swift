extension ExecutionObserver {
    /// What was observed, once the run is over.
    package func profile() -> ExecutionProfile {
        let sums = CallTree.Sums(tree, functionCount: functions.functions.count)
        let order = order(sums)
        var places = [Int](repeating: -1, count: functions.functions.count)
        for (place, id) in order.enumerated() { places[id] = place }
        return ExecutionProfile(
            cycles: charged.cycles, instructions: instructionCount,
            unchargedCycles: uncharged.cycles, unchargedInstructions: uncharged.instructions,
            functions: order.map { function($0, sums) }, blocks: hotBlocks(places),
            stacks: stacks(places, sums), stacksAreCut: tree.isCut || tree.isDepthCut,
            hasSymbols: order.contains { functions.functions[$0].kind.hasSymbol })
    }

    /// The instructions of the window.
    package func traced() -> [TracedInstruction] { trace?.instructions ?? [] }

    /// The name of a function as people write it.
    package func name(of function: FunctionTable.ID) -> String {
        SymbolName.readable(functions.functions[Int(function)].name)
    }

    /// The functions on which there is anything to say, the most expensive first. Addresses and names
    /// decide between equals, so that the order is the same each time.
    private func order(_ sums: CallTree.Sums) -> [Int] {
        let all = functions.functions
        let seen = all.indices.filter { id in
            sums.inclusive[id] > 0 || sums.uncharged[id] > 0 || entryCount(of: id) > 0
                || unchargedCallCount(of: id) > 0
        }
        return seen.sorted { first, second in
            if sums.own[first] != sums.own[second] { return sums.own[first] > sums.own[second] }
            return (all[first].kind.address, all[first].name)
                < (all[second].kind.address, all[second].name)
        }
    }

    private func function(_ id: Int, _ sums: CallTree.Sums) -> ExecutionProfile.Function {
        ExecutionProfile.Function(
            kind: functions.functions[id].kind, name: name(of: FunctionTable.ID(id)),
            cycles: sums.own[id], inclusiveCycles: sums.inclusive[id],
            entryCount: entryCount(of: id),
            unchargedCycles: sums.uncharged[id], unchargedEntryCount: unchargedCallCount(of: id))
    }

    private func stacks(
        _ places: [Int], _ sums: CallTree.Sums
    ) -> [ExecutionProfile.StackNode] {
        zip(tree.nodes, sums.inclusiveByNode).map { node, inclusive in
            ExecutionProfile.StackNode(
                parent: Int(node.parent),
                function: node.function < 0 ? -1 : places[Int(node.function)],
                cycles: node.cycles, inclusiveCycles: inclusive)
        }
    }

    private func hotBlocks(_ places: [Int]) -> [ExecutionProfile.Block] {
        let hottest = blocks.blocks(of: code)
            .sorted { ($1.cycles, $0.range.lowerBound) < ($0.cycles, $1.range.lowerBound) }
            .prefix(RISCVLimits.hotBlockCountMax)
        return hottest.map { block in
            // An index of the text: below 2^22.
            let address = code.base + UInt32(block.range.lowerBound) * 4
            let place = functions.place(of: address)
            return ExecutionProfile.Block(
                address: address, function: place.map { places[Int($0.id)] } ?? -1,
                offset: address - (place?.start ?? code.base), executions: block.executions,
                cycles: block.cycles, instructions: Array(code.instructions[block.range]))
        }
    }

    private func entryCount(of id: Int) -> UInt64 {
        id < entryCounts.count ? entryCounts[id] : 0
    }

    private func unchargedCallCount(of id: Int) -> UInt64 {
        id < unchargedCallCounts.count ? unchargedCallCounts[id] : 0
    }
}

extension FunctionTable.Kind {
    /// Where it is; above every address when it has none.
    var address: UInt64 {
        if case .code(let address, _) = self { UInt64(address) } else { .max }
    }

    /// Whether its name is the ELF's.
    var hasSymbol: Bool { if case .code(_, true) = self { true } else { false } }
}
