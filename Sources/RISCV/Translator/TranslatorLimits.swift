/// The bounds of the translator, each with its reason.
enum TranslatorLimits {
    /// The longest block, in instructions. Longer ones are cut.
    static let blockInstructionCountMax = Int(pathCyclesMax) / 2

    /// The longest path between two places where cycles are charged, in cycles; longer ones are charged
    /// in between. Differences of two such paths fit the immediate of a subtraction (`CycleBudget`), and
    /// as many cycles of a run are left to the interpreter in the end.
    static let pathCyclesMax: UInt16 = 1000

    /// What one guest instruction becomes at most, in bytes: division of two slots is the longest.
    static let instructionByteCountMax = 160

    /// What leaving a block early takes, in bytes.
    static let coldExitByteCountMax = 32

    /// The longest code of a program. Distances inside it are 32 bits wide, table included.
    static let codeByteCountMax = 1 << 30

    /// How often a run's accesses may be left to the interpreter one by one, or blocks while the stack pointer
    /// is misaligned (`StackAlignment`), each for microseconds, before the interpreter takes over for the rest
    /// of the run: as many as there are units whose first write is noticed that way, and some more.
    static let slowAccessCountMax = 1 << 17
}
