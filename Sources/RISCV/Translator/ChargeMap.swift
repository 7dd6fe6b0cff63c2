/// Where a program's cycles are charged, and how far charging is ahead of execution everywhere else.
///
/// Cycles are charged, and the budget is looked at, where `BlockMap.Mark.charge` says: where loops begin
/// and where jumps come from who knows where. What is charged there is for instructions to come. From
/// there on every point of the code has one amount that was charged ahead when it is reached, on every
/// way that leads there; what is left in truth is what the budget says and that. Where ways meet that
/// bring different amounts, all but one of them charge the difference, or give it back: those where that
/// costs least (the idea is that of Ball and Larus, Optimally Profiling and Tracing Programs, 1994).
struct ChargeMap: Sendable {
    /// For each instruction what was charged ahead when it is about to be executed, its own cycles
    /// included, packed as `CycleBudget` packs. Negative where charging is behind.
    let ahead: [Int32]

    /// The cycles that may be executed between two looks at the budget, at most.
    let longestPath: UInt16

    /// Charges that were found before.
    init(ahead: [Int32], longestPath: UInt16) {
        self.ahead = ahead
        self.longestPath = longestPath
    }

    /// The charges of `code`.
    ///
    /// - Parameters:
    ///   - depths: those of `LoopDepths`.
    ///   - marks: those of `BlockMap`. Where paths become too long, and where nothing is known to
    ///   lead, cycles are charged as well: it is marked.
    init(_ code: CodeImage, depths: [UInt8], _ marks: inout [UInt8]) {
        var flow = ChargeFlow(code, depths: depths, marks)
        flow.run()
        marks = flow.marks
        longestPath = flow.longestPath
        ahead = flow.amounts()
    }
}

/// Follows the ways through a program, in the order of its blocks: ways back lead to where is charged.
private struct ChargeFlow {
    /// How a block is reached.
    struct Arrival {
        /// Where was charged for it: the number of the block; -1 while no way leads here.
        var region: Int32 = -1
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
    private let depths: [UInt8]
    private let blocks: BlockOrder
    /// One for each block.
    private var arrivals: [Arrival]
    private(set) var marks: [UInt8]
    private(set) var longestPath: UInt16 = 0

    init(_ code: CodeImage, depths: [UInt8], _ marks: [UInt8]) {
        self.code = code
        budget = CycleBudget(code.model)
        self.depths = depths
        var marks = marks
        blocks = BlockOrder(code, &marks)
        self.marks = marks
        arrivals = [Arrival](filling: blocks.reversed.count, repeating: Arrival())
    }

    private func price(_ index: Int) -> Int32 { budget.price(code.instructions[index].operation) }

    private func isMarked(_ index: Int, _ mark: UInt8) -> Bool { marks[index] & mark != 0 }

    mutating func run() {
        for number in blocks.reversed.reversed() {
            let range = Int(blocks.starts[Int(number)])..<Int(blocks.starts[Int(number) + 1])
            // A block is short enough for that (`TranslatorLimits`).
            let cost = range.reduce(0) { $0 + price($1) }
            arrive(range.lowerBound, cost)
            follow(range.lowerBound, range.upperBound - 1, cost)
        }
    }

    /// Settles how the block at `start` is reached.
    private mutating func arrive(_ start: Int, _ cost: Int32) {
        let number = Int(blocks.numbers[start])
        let arrival = arrivals[number]
        let cycles = budget.cycles(ofPrice: cost)
        if arrival.region < 0, !isMarked(start, BlockMap.Mark.charge) {
            marks[start] |= BlockMap.Mark.entry
        } else if arrival.cycles + cycles > TranslatorLimits.pathCyclesMax {
            marks[start] |= BlockMap.Mark.charge
        }
        if isMarked(start, BlockMap.Mark.charge) {
            arrivals[number].region = Int32(number)
            arrivals[number].relative = 0
            arrivals[number].cycles = 0
            if arrival.chargePriority == 0 { arrivals[number].charge = cost }
        }
        longestPath = max(longestPath, arrivals[number].cycles + cycles)
    }

    /// Follows the ways out of a block.
    private mutating func follow(_ start: Int, _ last: Int, _ cost: Int32) {
        var way = arrivals[Int(blocks.numbers[start])]
        way.relative -= cost
        way.cycles += budget.cycles(ofPrice: cost)
        let instruction = code.instructions[last]
        let depth = depths[last] * Priority.depth
        switch instruction.operation {
        case .beq, .bne, .blt, .bge, .bltu, .bgeu:
            lead(way, from: last, instruction, depth + Priority.branch)
            lead(way, to: last + 1, depth + Priority.fallThrough)
        case .jal:
            lead(way, from: last, instruction, depth + Priority.jump)
        case .jalr:
            let isDispatch = depth > 0 && instruction.isTableJump
            settle(way, isDispatch ? Priority.dispatch : depth + Priority.jump)
        case .ecall, .ebreak, .unimplemented, .illegal, .end: break
        default: lead(way, to: last + 1, depth + Priority.fallThrough)
        }
    }

    private mutating func lead(
        _ way: Arrival, from index: Int, _ jump: DecodedInstruction, _ priority: UInt8
    ) {
        // A jump to where no instruction is leaves, where evening out costs nothing.
        guard let distance = jump.jumpDistance else { return }
        lead(way, to: index + distance, priority)
    }

    private mutating func lead(_ way: Arrival, to target: Int, _ priority: UInt8) {
        guard target >= 0, target < marks.count else { return }
        let number = Int(blocks.numbers[target])
        if isMarked(target, BlockMap.Mark.charge) {
            return settle(way, number == Int(way.region) ? Priority.loop : priority)
        }
        let known = arrivals[number]
        if known.region < 0 || priority > known.priority {
            arrivals[number].region = way.region
            arrivals[number].relative = way.relative
            arrivals[number].priority = priority
        }
        arrivals[number].cycles = max(known.cycles, way.cycles)
    }

    /// Nothing may be ahead at the end of this way.
    private mutating func settle(_ way: Arrival, _ priority: UInt8) {
        let region = Int(way.region)
        guard priority > arrivals[region].chargePriority else { return }
        arrivals[region].chargePriority = priority
        arrivals[region].charge = -way.relative
    }

    /// What is ahead before each instruction.
    func amounts() -> [Int32] {
        [Int32](filling: marks.count) { output in
            var amount: Int32 = 0
            for index in marks.indices {
                if isMarked(index, BlockMap.Mark.start) {
                    let arrival = arrivals[Int(blocks.numbers[index])]
                    // Either is a path's cost at most.
                    amount = arrivals[Int(arrival.region)].charge + arrival.relative
                }
                output.append(amount)
                amount -= price(index)
            }
        }
    }
}
