/// Why generated code was left; its number is in `exit_kind` of the context, and what `exit_value` is then.
enum CodeExitKind: UInt32, CaseIterable {
    /// An ECALL; the index of the instruction.
    case environmentCall
    /// The instruction at this index did not happen: the interpreter has to execute it.
    case instruction
    /// The instruction at this index did not happen: the interpreter has to execute it and those behind it.
    case restOfBlock
    /// The block at this index costs more than what is left of the slice, and was not charged.
    case budget
    /// A jump, which happened, to this address outside the text.
    case outsideText
    /// A jump, which happened, to the instruction at this index, which is no entry.
    case notAnEntry
    /// The access at `fault_address` is not allowed, or has to be looked at.
    case fault
}
