/// Where the cycles of a run went. Everything that is charged adds up to `cycles`, exactly: the own
/// cycles of `functions`, and those of `stacks` below the first root.
package struct ExecutionProfile: Sendable {
    /// A function, or a call of the host.
    package struct Function: Sendable {
        package let kind: FunctionTable.Kind
        /// As people write it, where that can be told.
        package let name: String
        /// The cycles of its own instructions; a call's include what the host charged for it.
        package let cycles: UInt64
        /// With the cycles of what it called. Recursion counts once.
        package let inclusiveCycles: UInt64
        /// How often it was entered, by a call or a jump to its start.
        package let entryCount: UInt64
        /// Its own cycles that the program was not charged for.
        package let unchargedCycles: UInt64
        /// How often it was called while the program was not charged; for calls of the host only.
        package let unchargedEntryCount: UInt64
    }

    /// Instructions that are always executed one after the other.
    package struct Block: Sendable {
        package let address: UInt32
        /// An index into `functions`.
        package let function: Int
        /// How far into the function it starts.
        package let offset: UInt32
        package let executions: UInt64
        /// Of its instructions; what the host charged for calls is not here.
        package let cycles: UInt64
        package let instructions: [DecodedInstruction]
    }

    /// A function in the context of its callers.
    package struct StackNode: Sendable {
        /// An index into `stacks`, below the node's own; negative for the two roots.
        package let parent: Int
        /// An index into `functions`; negative for the two roots.
        package let function: Int
        package let cycles: UInt64
        /// With the cycles of everything below.
        package let inclusiveCycles: UInt64
    }

    /// What the program was charged.
    package let cycles: UInt64
    package let instructions: UInt64

    /// What it executed without being charged: unconstrained blocks, forked children.
    package let unchargedCycles: UInt64
    package let unchargedInstructions: UInt64

    /// Everything that took cycles or was called, the most expensive first.
    package let functions: [Function]

    /// The most expensive blocks, at most `RISCVLimits.hotBlockCountMax`.
    package let blocks: [Block]

    /// The stacks of calls: node 0 is the root of what was charged, node 1 of what was not.
    package let stacks: [StackNode]

    /// Whether stacks were too deep to be kept whole, or too many.
    package let stacksAreCut: Bool

    /// Whether any function has its name from the ELF.
    package let hasSymbols: Bool
}
