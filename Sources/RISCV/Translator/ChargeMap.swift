/// Where a program's cycles are charged, and how far charging is ahead of execution everywhere else.
///
/// Cycles are charged, and the budget is looked at, where `BlockMap.Mark.charge` says: where loops begin
/// and where jumps come from who knows where. What is charged there is for instructions to come. From
/// there on every point of the code has one amount that was charged ahead when it is reached, on every
/// way that leads there; what is left in truth is what the budget says and that. Where ways meet that
/// bring different amounts, all but one of them charge the difference, or give it back: those where that
/// costs least (the idea is that of Ball and Larus, Optimally Profiling and Tracing Programs, 1994).
struct ChargeMap: Sendable {
    /// The blocks of the program.
    let blocks: Blocks

    /// For each block what was charged ahead when its first instruction is about to be executed, the cycles of
    /// the block included, packed as `CycleBudget` packs. Negative where charging is behind.
    let ahead: [Int32]

    /// The cycles that may be executed between two looks at the budget, at most.
    let longestPath: UInt16

    /// Charges that were found before.
    init(blocks: Blocks, ahead: [Int32], longestPath: UInt16) {
        self.blocks = blocks
        self.ahead = ahead
        self.longestPath = longestPath
    }

    /// The charges of `code`.
    ///
    /// - Parameters:
    ///   - marks: those of `BlockMap`. Where paths become too long, and where nothing is known to lead, cycles
    ///     are charged as well: it is marked.
    ///   - seen: what a run was seen to do, if one was.
    init(
        _ code: CodeImage, _ blocks: Blocks, _ depths: LoopDepths, _ marks: inout [UInt8],
        seen: RunPicture? = nil
    ) {
        self.blocks = blocks
        let graph = BlockGraph(code, blocks)
        let order = BlockOrder(graph, &marks)
        var flow = ChargeFlow(code, graph, ChargePriorities(blocks, depths, seen: seen))
        var arrivals = [ChargeFlow.Arrival](filling: graph.count) { output in
            for number in 0..<graph.count {
                let mark = marks[Int(blocks.starts[number])]
                output.append(.init(isCharged: mark & BlockMap.Mark.charge != 0))
            }
        }
        var markSpan = marks.mutableSpan
        var arrivalSpan = arrivals.mutableSpan
        flow.run(order, &arrivalSpan, &markSpan)
        longestPath = flow.longestPath
        ahead = [Int32](filling: graph.count) { output in
            for number in 0..<graph.count {
                let arrival = arrivals[number]
                // Either is a path's cost at most.
                output.append(arrivals[Int(arrival.region)].charge + arrival.relative)
            }
        }
    }

    /// What the ways weigh that a run was seen to go and that need evening out.
    ///
    /// - Parameter marks: those that the charges were found with.
    func evenedOut(_ seen: RunPicture, _ code: CodeImage, _ marks: [UInt8]) -> UInt64 {
        let budget = CycleBudget(code.model)
        var sum: UInt64 = 0
        for (way, weight) in seen.ways {
            let range = blocks.range(Int(way.from))
            let behind =
                ahead[Int(way.from)] - budget.price(code.instructions.span.extracting(range))
            let isCharged =
                way.to < 0 || marks[Int(blocks.starts[Int(way.to)])] & BlockMap.Mark.charge != 0
            // The order does not matter: it is a sum.
            if behind != (isCharged ? 0 : ahead[Int(way.to)]) { sum += weight }
        }
        return sum
    }

    /// What was charged ahead when the instruction at `index` is about to be executed.
    func ahead(before index: Int, in code: CodeImage, _ budget: CycleBudget) -> Int32 {
        let number = blocks.of(index)
        let before = Int(blocks.starts[number])..<index
        // A path's cost at most.
        return ahead[number] - budget.price(code.instructions.span.extracting(before))
    }
}
