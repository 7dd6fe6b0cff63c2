/// What executes the guest's instructions. Every engine gives the same outcome.
package enum Engine: String, Sendable, CaseIterable {
    /// Runs on any processor; the reference for the others.
    case interpreter
}
