/// Bounds of a program's build. They keep a mistaken path (the root of a disk) from being read
/// whole.
enum GuestBuildLimits {
    /// Source files in one program.
    static let sourceFileCountMax = 1000
    /// Directories below each other that are looked through for sources.
    static let directoryDepthMax = 16
    /// Entries looked at in one directory.
    static let directoryEntryCountMax = 10_000
    /// What is kept of a tool's messages; the rest is read and dropped.
    static let toolOutputByteCountMax = 1 << 20
    /// The size of one source file or linked program: the node takes no greater program.
    static let fileByteCountMax = 32 << 20
    /// Directories above the executable or the current one in which the SDK is looked for.
    static let ancestorCountMax = 8
}
