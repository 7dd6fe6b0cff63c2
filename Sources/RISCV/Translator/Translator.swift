import CMachine

/// Translates a program for x86-64, whole, in one pass over its instructions
/// (reference/zkvm.md 4.4).
///
/// The code of a guest instruction does what the interpreter does, or leaves before anything has
/// happened; then the interpreter executes that instruction. So everything rare, wrong or inexact is the
/// interpreter's, and both engines are one machine.
package struct Translator: ~Copyable {
    let code: CodeImage
    let textIsFixed: Bool
    let isMetered: Bool
    let plan: RegisterPlan
    /// Where each guest register is.
    let places: [HostPlace]
    var marks: [UInt8]
    let charges: ChargeMap
    let budget: CycleBudget
    let instructionCount: Int
    let pairs = InstructionPairs()
    /// What does nothing but write a register.
    let computing = OperationSet { $0.onlyComputes }
    let keepsStack: Bool

    var assembler: HostAssembler
    var facts: RegisterFacts
    /// What is known wherever code begins.
    private let common: AlignedRegisters
    /// For instructions whose code was not yet written what is known on all ways there that were.
    private var arriving: OwnedList<AlignedRegisters>
    /// Where the code of each instruction begins; while it was not written, the number in `arriving`, from 1
    /// on, of what is known there, or 0 when no way there was written.
    let offsets: CodeOffsets
    /// How many instructions have their code.
    private(set) var writtenCount = 0
    /// Jumps to instructions whose code was not yet written.
    var pendingJumps: OwnedList<PendingJump>
    /// Jumps to code that leaves; it is written after everything else.
    var coldExits: OwnedList<ColdExit>
    /// Loops of one block, whose rounds are written in a row behind everything else.
    var loops: [Loop] = []
    /// Where the code of the instructions in those rows begins.
    var copies: [Copy] = []
    /// The row that is being written.
    var row: (loop: Loop, start: Int, isLastRound: Bool)?
    /// What is ahead once the block at hand was executed, but for rounds to come (`ChargeMap`).
    var aheadBehind: Int32 = 0
    /// What was charged for the rounds of the row behind this one.
    var chargedAhead: Int32 = 0
    /// For each register the index up to which stores through it were tested not to hit the text.
    var testedForText = [Int](repeating: 0, count: 32)
    /// Where the code that leaves begins, for each kind.
    var exits = [Int](repeating: 0, count: CodeExitKind.allCases.count)

    struct PendingJump {
        let place: UInt32
        let target: UInt32
    }

    /// Code that a conditional jump leads to, away from the rest because it is rarely executed.
    struct ColdExit {
        enum Kind {
            /// Leaves with `value`.
            case leave(CodeExitKind)
            /// Goes on at the instruction at the index `value`.
            case jump
        }

        /// Where the distance of the jump is.
        let place: UInt32
        let value: UInt32
        /// What was charged ahead and is given back; by a jump, what is ahead there less than here.
        let ahead: Int32
        let kind: Kind
    }

    /// About what a guest instruction becomes, in bytes, its share of cold code included.
    private static let expectedByteCount = 32

    /// Whether this processor and this system can run translated code.
    package static let isAvailable = tandem_can_run_code() != 0 && tandem_catch_faults() == 0

    private init(
        _ code: CodeImage, marks: consuming [UInt8], charges: ChargeMap, plan: RegisterPlan,
        textIsFixed: Bool, isMetered: Bool
    ) throws(GuestMemoryError) {
        self.code = code
        self.textIsFixed = textIsFixed
        self.isMetered = isMetered
        self.plan = plan
        places = (0..<32).map { plan.place(of: $0) }
        self.marks = marks
        self.charges = charges
        budget = CycleBudget(code.model)
        instructionCount = code.instructions.count - 1
        assembler = try HostAssembler(
            capacity: instructionCount * Self.expectedByteCount,
            tableByteCount: Translation.tableByteCount(instructionCount))
        offsets = CodeOffsets(count: instructionCount + 1)
        // About as many as compilers' code has.
        coldExits = OwnedList(capacity: instructionCount / 4)
        arriving = OwnedList(capacity: instructionCount / 16)
        pendingJumps = OwnedList(capacity: instructionCount / 8)
        keepsStack = StackAlignment.isKept(by: code)
        var common = AlignedRegisters.none
        if keepsStack { common.set(StackAlignment.pointer, zeroBits: 2) }
        self.common = common
        facts = RegisterFacts(common)
    }

    /// The translation of a program; nil when its code would be too long, or there is no memory for it.
    ///
    /// - Parameters:
    ///   - marks: where its blocks begin (`BlockMap`), those of `charges` included. Nothing is covered yet.
    ///   - isMetered: whether blocks are charged for.
    static func translate(
        _ code: CodeImage, marks: consuming [UInt8], charges: ChargeMap, plan: RegisterPlan,
        rules: ELFRules, isMetered: Bool
    ) -> Translation? {
        do throws(GuestMemoryError) {
            var translator = try Translator(
                code, marks: marks, charges: charges, plan: plan, textIsFixed: rules.textIsFixed,
                isMetered: isMetered)
            try translator.writeCode()
            return try translator.finish()
        } catch {
            return nil
        }
    }

    /// Writes all code.
    ///
    /// - Throws: `hostRefused`, also when it would be too long.
    private mutating func writeCode() throws(GuestMemoryError) {
        try assembler.reserve(4096)
        writeEntryAndExits()
        for number in 0..<charges.blocks.count { try writeBlock(number) }
        offsets[writtenCount] = UInt32(assembler.count)
        try leaveBehindText()
        try writeLoops()
        try writeColdExits()
        for index in 0..<pendingJumps.count {
            let jump = pendingJumps[index]
            assembler.point(Int(jump.place), at: Int(offsets[Int(jump.target)]))
        }
    }

    private mutating func writeBlock(_ number: Int) throws(GuestMemoryError) {
        let block = charges.blocks.range(number)
        // A block is short (`TranslatorLimits`).
        try assembler.reserve((block.count + 2) * TranslatorLimits.instructionByteCountMax)
        beginBlock(number, at: block.lowerBound)
        var index = block.lowerBound
        while true {
            // At most a few instructions of the text.
            index &+= lower(index)
            if index >= block.upperBound { return }
            mark()
        }
    }

    /// Makes the code executable.
    private consuming func finish() throws(GuestMemoryError) -> Translation {
        let (faultExit, notAnEntryExit) = (UInt32(exit(.fault)), UInt32(exit(.notAnEntry)))
        let (offsets, copies, marks, charges) = (offsets, copies, marks, charges)
        let (plan, keepsStack, isMetered) = (plan, keepsStack, isMetered)
        let mapping = try assembler.finish().seal(
            offsets: offsets, marks: marks.span, otherwise: notAnEntryExit)
        return Translation(
            code: mapping, offsets: offsets, copies: copies, marks: marks, charges: charges,
            faultExit: faultExit, notAnEntryExit: notAnEntryExit, plan: plan,
            keepsStack: keepsStack, isMetered: isMetered)
    }

    /// The code of the next instruction begins here.
    @inline(__always)
    private mutating func mark() {
        // Bounded by `codeByteCountMax`.
        offsets[writtenCount] = UInt32(truncatingIfNeeded: assembler.count)
        writtenCount &+= 1
    }

    /// The instruction's code is part of that of the one before it.
    mutating func cover(_ index: Int) {
        guard row == nil else { return }
        marks[index] |= BlockMap.Mark.covered
        mark()
    }

    /// A block begins: even out what is ahead on the way from the block before it, and charge.
    private mutating func beginBlock(_ number: Int, at index: Int) {
        let (mark, ahead) = (marks[index], charges.ahead[number])
        let isCharged = mark & BlockMap.Mark.charge != 0
        if index > 0, code.instructions[index - 1].operation.mayFallThrough {
            giveBack(aheadBehind - (isCharged ? 0 : ahead))
            noteWay(to: index)
        }
        let isLoop = BlockMap.Mark.back | BlockMap.Mark.charge
        if mark & isLoop == isLoop { assembler.alignTarget() }
        if mark & BlockMap.Mark.join != 0 { facts.forget(allBut: known(arriving: index)) }
        assembler.forgetHeld()
        self.mark()
        enterBlock(number)
        if isMetered, isCharged { charge(ahead, index) }
    }

    /// A way to an instruction whose code was not yet written begins here.
    mutating func noteWay(to target: Int) {
        if marks[target] & Self.anyWay != 0 { return }
        let number = Int(offsets[target])
        if number > 0 { return arriving[number - 1].meet(facts.aligned) }
        arriving.append(facts.aligned)
        // Not more than instructions.
        offsets[target] = UInt32(truncatingIfNeeded: arriving.count)
    }

    /// Where computed jumps or the host may come, or jumps from higher addresses, which were not yet written.
    private static let anyWay = BlockMap.Mark.charge | BlockMap.Mark.back

    /// What is known where ways meet. On any way that is what is known everywhere.
    @inline(__always)
    private func known(arriving index: Int) -> AlignedRegisters {
        if marks[index] & Self.anyWay != 0 { return common }
        let number = Int(offsets[index])
        return number > 0 ? arriving[number - 1] : .all
    }

    /// Code begins here that is entered from elsewhere: nothing more is known.
    mutating func forget() {
        facts.forget(allBut: common)
        assembler.forgetHeld()
    }
}
