import Synchronization

/// A program's code for this processor, which gets better as it runs: registers are pinned by what its
/// first runs used most. Any number of threads may run it at once.
package final class CompiledProgram: Sendable {
    private let rules: ELFRules
    private let current: Mutex<State>

    private struct State {
        var code: CompiledCode
        var isSampled = false
    }

    /// The least gain in uses of pinned registers, in percent, that is worth translating again.
    private static let gainMin: UInt64 = 2

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
        return again(metered, plan: metered.translation.plan, isMetered: false)
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

    /// The code as it is now, and whether a run has shown what it spends its time on.
    var best: (code: CompiledCode, isSampled: Bool) {
        current.withLock { ($0.code, $0.isSampled) }
    }

    /// A run used registers like this: the code for it, which may be new.
    func improved(for uses: RegisterUses, _ code: CompiledCode) -> CompiledCode {
        current.withLock { $0.isSampled = true }
        let plan = RegisterPlan(uses)
        let translation = code.translation
        guard
            plan.coverage(of: uses) >= translation.plan.coverage(of: uses) + Self.gainMin,
            // Without memory for more code, the old one does.
            let better = again(code, plan: plan, isMetered: translation.isMetered)
        else { return code }
        current.withLock { $0.code = better }
        return better
    }

    /// The same program with other registers pinned, or without charging; nil when there is no memory for
    /// it.
    private func again(
        _ code: CompiledCode, plan: RegisterPlan, isMetered: Bool
    ) -> CompiledCode? {
        let old = code.translation
        let marks = old.marks.map { $0 & ~BlockMap.Mark.covered }
        return Translator.translate(
            code.code, marks: marks, charges: old.charges, plan: plan, rules: rules,
            isMetered: isMetered
        ).map { CompiledCode($0, code: code.code) }
    }
}
