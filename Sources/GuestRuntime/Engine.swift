import RISCV

/// What executes the guest's instructions. Every engine gives the same outcome.
package enum Engine: String, Sendable, CaseIterable {
    /// Runs on any processor; the reference for the others.
    case interpreter
    /// Code for this processor, made from the whole program ahead of time. Where it can't run, or a
    /// program's code would be too long, the interpreter serves.
    case translator

    /// Whether this engine can run here.
    package var isAvailable: Bool { self == .interpreter || Translator.isAvailable }
}
