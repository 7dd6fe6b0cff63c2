/// A program, translated for x86-64: its code, where it is executed, and what is known about it.
package struct Translation: Sendable {
    /// The code itself.
    let code: CodeMapping

    /// For each instruction, and the end, where its code begins. Ascending.
    let offsets: CodeOffsets

    /// Where else there is code of instructions, behind that of all. Ascending by offset.
    let copies: [Translator.Copy]

    /// For each instruction its `BlockMap.Mark`s.
    let marks: [UInt8]

    /// What is charged ahead where.
    let charges: ChargeMap

    /// Where code leaves when an access faults.
    let faultExit: UInt32

    /// Where each entry in the table that is no entry leads.
    let notAnEntryExit: UInt32

    /// Where the guest's registers are.
    let plan: RegisterPlan

    /// Whether the stack pointer is taken to be a multiple of 4 (`StackAlignment`).
    let keepsStack: Bool

    /// Whether blocks are charged for.
    let isMetered: Bool

    /// How many bytes of code there are.
    package var byteCount: Int { code.count }

    /// The bytes of the table of entries for this many instructions.
    static func tableByteCount(_ instructionCount: Int) -> Int { (instructionCount * 8 + 63) & ~63 }
}
