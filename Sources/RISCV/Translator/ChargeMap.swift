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
    init(
        _ code: CodeImage, _ blocks: Blocks, _ depths: LoopDepths, _ marks: inout [UInt8]
    ) {
        self.blocks = blocks
        let graph = BlockGraph(code, blocks)
        let order = BlockOrder(graph, &marks)
        var flow = ChargeFlow(code, graph, depths)
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

    /// What was charged ahead when the instruction at `index` is about to be executed.
    func ahead(before index: Int, in code: CodeImage, _ budget: CycleBudget) -> Int32 {
        let number = blocks.of(index)
        let before = Int(blocks.starts[number])..<index
        // A path's cost at most.
        return ahead[number] - budget.price(code.instructions.span.extracting(before))
    }
}

/// Follows the ways through a program, in the order of its blocks: ways back lead to where is charged.
private struct ChargeFlow {
    /// How a block is reached.
    struct Arrival {
        /// Where was charged for it: the number of the block, its own where cycles are charged. Before the flow
        /// comes there `charged`, and elsewhere `unseen` while no way leads there.
        var region: Int32
        /// What is ahead on arrival, less what is charged in its region.
        var relative: Int32 = 0
        /// What is best charged here, if anything is.
        var charge: Int32 = 0
        /// The cycles since the budget was looked at, at most.
        var cycles: UInt16 = 0
        /// How much is gained when this way needs no evening out.
        var priority: UInt8 = 0
        /// The same for what is charged here.
        var chargePriority: UInt8 = 0

        static let unseen: Int32 = -1
        static let charged: Int32 = -2

        init(isCharged: Bool) { region = isCharged ? Self.charged : Self.unseen }
    }

    /// What evening out costs on a way, in loops more than in any outside of them.
    private enum Priority {
        /// A jump more.
        static let branch: UInt8 = 3
        /// An instruction more.
        static let jump: UInt8 = 2
        static let fallThrough: UInt8 = 1
        /// How much a loop outweighs.
        static let depth: UInt8 = 4
        /// The way back to where a loop begins: the only one that every round goes.
        static let loop: UInt8 = 4 * UInt8(LoopDepths.depthMax) + 4
        /// A jump through a table in a loop: that of an interpreter is the way most rounds go.
        static let dispatch = loop + 1
    }

    private let code: CodeImage
    private let budget: CycleBudget
    private let graph: BlockGraph
    /// The depth of the last instruction of each block.
    private let depths: [UInt8]
    private(set) var longestPath: UInt16 = 0

    init(_ code: CodeImage, _ graph: BlockGraph, _ depths: LoopDepths) {
        self.code = code
        budget = CycleBudget(code.model)
        self.graph = graph
        self.depths = depths.of(graph.count) { Int(graph.blocks.starts[$0 + 1]) - 1 }
    }

    mutating func run(
        _ order: BlockOrder, _ arrivals: inout MutableSpan<Arrival>,
        _ marks: inout MutableSpan<UInt8>
    ) {
        for number in order.reversed.lazy.reversed().map({ Int($0) }) {
            let range = graph.blocks.range(number)
            // A block is short enough for that (`TranslatorLimits`).
            let cost = budget.price(code.instructions.span.extracting(range))
            let cycles = budget.cycles(ofPrice: cost)
            arrive(number, cost, cycles, &arrivals, &marks[range.lowerBound])
            var way = arrivals[number]
            way.relative -= cost
            way.cycles += cycles
            longestPath = max(longestPath, way.cycles)
            follow(number, way, &arrivals)
        }
    }

    /// Settles how a block is reached whose first instruction has this mark.
    @inline(__always)
    private func arrive(
        _ number: Int, _ cost: Int32, _ cycles: UInt16, _ arrivals: inout MutableSpan<Arrival>,
        _ mark: inout UInt8
    ) {
        let arrival = arrivals[number]
        if arrival.region < 0, mark & BlockMap.Mark.charge == 0 {
            mark |= BlockMap.Mark.entry
        } else if arrival.cycles + cycles > TranslatorLimits.pathCyclesMax {
            mark |= BlockMap.Mark.charge
        }
        if mark & BlockMap.Mark.charge != 0 {
            arrivals[number].region = Int32(truncatingIfNeeded: number)
            arrivals[number].relative = 0
            arrivals[number].cycles = 0
            if arrival.chargePriority == 0 { arrivals[number].charge = cost }
        }
    }

    /// Follows the ways out of a block, on which `way` says what is ahead.
    @inline(__always)
    private func follow(_ number: Int, _ way: Arrival, _ arrivals: inout MutableSpan<Arrival>) {
        let ways = graph.ways[number]
        let depth = depths[number] * Priority.depth
        switch ways.end {
        case .tableJump where depth > 0: settle(way, Priority.dispatch, &arrivals)
        case .tableJump, .jumpRegister: settle(way, depth + Priority.jump, &arrivals)
        case .branch, .other: break
        }
        // A jump to where no instruction is leaves, where evening out costs nothing.
        if ways.target >= 0 {
            let priority = depth + (ways.end == .branch ? Priority.branch : Priority.jump)
            lead(way, to: ways.target, priority, &arrivals)
        }
        if ways.next >= 0 { lead(way, to: ways.next, depth + Priority.fallThrough, &arrivals) }
    }

    private func lead(
        _ way: Arrival, to target: Int32, _ priority: UInt8,
        _ arrivals: inout MutableSpan<Arrival>
    ) {
        let number = Int(target)
        let known = arrivals[number]
        if known.region == Arrival.charged || known.region == target {
            return settle(way, target == way.region ? Priority.loop : priority, &arrivals)
        }
        if known.region < 0 || priority > known.priority {
            arrivals[number].region = way.region
            arrivals[number].relative = way.relative
            arrivals[number].priority = priority
        }
        arrivals[number].cycles = max(known.cycles, way.cycles)
    }

    /// Nothing may be ahead at the end of this way.
    private func settle(
        _ way: Arrival, _ priority: UInt8, _ arrivals: inout MutableSpan<Arrival>
    ) {
        let region = Int(way.region)
        guard priority > arrivals[region].chargePriority else { return }
        arrivals[region].chargePriority = priority
        arrivals[region].charge = -way.relative
    }
}
