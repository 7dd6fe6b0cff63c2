/// Follows the ways through a program, in the order of its blocks: ways back lead to where is charged.
struct ChargeFlow {
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

    private let code: CodeImage
    private let budget: CycleBudget
    private let graph: BlockGraph
    private let priorities: ChargePriorities
    private(set) var longestPath: UInt16 = 0

    init(_ code: CodeImage, _ graph: BlockGraph, _ priorities: ChargePriorities) {
        self.code = code
        budget = CycleBudget(code.model)
        self.graph = graph
        self.priorities = priorities
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
        switch ways.end {
        case .tableJump: settle(way, priorities.ofComputed(number, isTable: true), &arrivals)
        case .jumpRegister: settle(way, priorities.ofComputed(number, isTable: false), &arrivals)
        case .branch, .other: break
        }
        // A jump to where no instruction is leaves, where evening out costs nothing.
        if ways.target >= 0 {
            lead(
                way, from: number, to: ways.target, ways.end == .branch ? .branch : .jump, &arrivals
            )
        }
        if ways.next >= 0 { lead(way, from: number, to: ways.next, .fallThrough, &arrivals) }
    }

    @inline(__always)
    private func lead(
        _ way: Arrival, from source: Int, to target: Int32, _ cost: ChargePriorities.Cost,
        _ arrivals: inout MutableSpan<Arrival>
    ) {
        let number = Int(target)
        let known = arrivals[number]
        let isRound = target == way.region
        let priority = priorities.of(source, to: target, cost, isRound: isRound)
        if known.region == Arrival.charged || known.region == target {
            return settle(way, priority, &arrivals)
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
