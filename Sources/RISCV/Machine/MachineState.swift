/// What a guest is between two instructions, memory apart.
package struct MachineState: Sendable {
    /// x0 to x31.
    package var registers = RegisterFile()

    /// The address of the next instruction.
    package var pc: UInt32

    /// Cycles left before the limit. Below zero when the last instruction cost more than was left,
    /// which is allowed: the limit is looked at before each instruction (reference/zkvm.md 1.8).
    package var remainingCycles: Int64

    /// How many instructions were executed.
    package var instructionCount: UInt64 = 0

    /// The state before the first instruction.
    package init(pc: UInt32, cycleLimit: Int64) {
        self.pc = pc
        remainingCycles = cycleLimit
    }
}
