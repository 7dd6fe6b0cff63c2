/// How much of a profile is shown. JSON has everything that was recorded.
enum ProfileLimits {
    /// How many functions the table names. The others are one line, so that the table adds up.
    static let functionRowCountMax = 30

    /// How many blocks are listed as text.
    static let blockCountMax = 8

    /// How many instructions of a block are listed as text.
    static let blockLineCountMax = 16

    /// How many characters of a name stand in a table; generic code has names of hundreds.
    static let nameCharacterCountMax = 100

    /// How many frames a flame graph has, the widest ones: more make viewers slow.
    static let frameCountMax = 20_000

    /// How long the names on all stacks are that are written one by one.
    static let stacksByteCountMax = 64 << 20

    /// How many instructions a trace shows unless told.
    static let traceCountDefault = 64
}
