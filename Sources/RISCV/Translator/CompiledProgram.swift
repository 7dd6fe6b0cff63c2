import Synchronization

/// A program's code for this processor, which gets better as it runs: registers are pinned, and
/// cycles charged, by what its first runs did most. Any number of threads may run it at once.
package final class CompiledProgram: Sendable {
    private let rules: ELFRules
    private let current: Mutex<State>

    private struct State {
        var code: CompiledCode
        var pictureCount = 0
    }

    /// The least gain in uses of pinned registers, in percent, that is worth translating again.
    private static let pinningGainMin: UInt64 = 2
    /// The same in what evening out charges costs, in percent of all instructions.
    private static let chargingGainMin: UInt64 = 1

    private init(_ code: CompiledCode, rules: ELFRules) {
        self.rules = rules
        current = Mutex(State(code: code))
    }

    /// A program, translated and ready to run; nil where translated code can't run or the program's would
    /// be too long. Then the interpreter serves.
    package static func compile(
        _ code: CodeImage, image: ELFImage, rules: ELFRules
    ) -> CompiledProgram? {
        guard Translator.isAvailable else { return nil }
        var blocks = BlockMap(code, image: image)
        let depths = LoopDepths(code, jumpsBack: blocks.jumpsBack)
        // Taken away, not copied.
        var marks: [UInt8] = []
        swap(&marks, &blocks.marks)
        let charges = ChargeMap(
            code, Blocks(blocks.starts, instructionCount: marks.count), depths, &marks)
        guard
            let translation = Translator.translate(
                code, marks: consume marks, charges: charges, plan: RegisterPlan(code, depths),
                rules: rules, isMetered: true)
        else { return nil }
        return CompiledProgram(CompiledCode(translation, code: code), rules: rules)
    }

    /// The same code as it is now, but blocks are not charged for. Nothing ends a loop then, and cycles are
    /// wrong: for measuring what charging costs. Nil when there is no memory for it.
    package func unmetered() -> CompiledProgram? {
        let metered = best.code
        let (plan, charges) = (metered.translation.plan, metered.translation.charges)
        return again(metered, plan: plan, charges: charges, isMetered: false)
            .map { CompiledProgram($0, rules: rules) }
    }

    /// A translation that was kept, ready to run; nil when the bytes are no translation of this text, or
    /// translated code can't run here.
    package static func load(
        _ bytes: [UInt8], code: CodeImage, rules: ELFRules
    ) -> CompiledProgram? {
        guard Translator.isAvailable,
            let translation = Translation(decoding: bytes, for: code, rules: rules)
        else { return nil }
        return CompiledProgram(CompiledCode(translation, code: code), rules: rules)
    }

    /// With fewer cycles left the code is not entered any more: the interpreter counts the last ones.
    package var remainingCyclesMin: Int64 { best.code.remainingCyclesMin }

    /// The translation as bytes, for `load`.
    package var encodedTranslation: [UInt8] {
        let code = best.code
        return code.translation.encoded(for: code.code, rules: rules)
    }

    /// The code as it is now, and how many pictures of runs were taken.
    var best: (code: CompiledCode, pictureCount: Int) {
        current.withLock { ($0.code, $0.pictureCount) }
    }

    /// A run was seen to do this: the code for it, which may be new.
    func improved(for picture: RunPicture, _ code: CompiledCode) -> CompiledCode {
        current.withLock { $0.pictureCount &+= 1 }
        let translation = code.translation
        let plan = RegisterPlan(picture.uses)
        let charges = charges(of: code, for: picture)
        let isPinning =
            plan.coverage(of: picture.uses)
            >= translation.plan.coverage(of: picture.uses) + Self.pinningGainMin
        let (marks, text) = (translation.marks, code.code)
        let isCharging =
            charges.evenedOut(picture, text, marks) + picture.weight / 100 * Self.chargingGainMin
            <= translation.charges.evenedOut(picture, text, marks)
        guard isPinning || isCharging,
            // Without memory for more code, the old one does.
            let better = again(
                code, plan: plan, charges: charges, isMetered: translation.isMetered)
        else { return code }
        current.withLock { $0.code = better }
        return better
    }

    /// The charges that cost a run least that does what was seen.
    private func charges(of code: CompiledCode, for picture: RunPicture) -> ChargeMap {
        let blocks = code.translation.charges.blocks
        // What it would mark is marked.
        var marks = code.translation.marks
        let depths = LoopDepths(code.code, jumpsBack: BlockMap.jumpsBack(code.code))
        return ChargeMap(code.code, blocks, depths, &marks, seen: picture)
    }

    /// The same program with other registers pinned, charged elsewhere or not at all; nil when there is no
    /// memory for it.
    private func again(
        _ code: CompiledCode, plan: RegisterPlan, charges: ChargeMap, isMetered: Bool
    ) -> CompiledCode? {
        let old = code.translation
        let marks = old.marks.map { $0 & ~BlockMap.Mark.covered }
        return Translator.translate(
            code.code, marks: marks, charges: charges, plan: plan, rules: rules,
            isMetered: isMetered
        ).map { CompiledCode($0, code: code.code) }
    }
}
