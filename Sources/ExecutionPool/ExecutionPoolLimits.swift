internal import GuestRuntime

/// The bounds of the pool that no configuration changes.
package enum ExecutionPoolLimits {
    /// How many executors a pool may have. More processes than cores gain nothing.
    package static let executorCountMax = 256

    /// The largest message that an executor accepts, in bytes: an ELF of 32 MiB, or the inputs of a
    /// job, and some room.
    package static let commandByteCountMax = 64 << 20

    /// What a command has beside an ELF or inputs, in bytes, at most.
    static let commandHeadByteCountMax = 64

    /// The largest message that the node accepts from an executor, in bytes: the output and console
    /// text of a guest, and some room.
    static let replyByteCountMax =
        GuestRuntimeLimits.outputByteCountMax + GuestRuntimeLimits.consoleByteCountMax + (16 << 10)

    /// How many programs an executor may hold at once.
    package static let programSlotCountMax = 1024

    /// The longest text inside a message, in bytes of UTF-8. Longer ones are cut by the sender.
    package static let textByteCountMax = 4096

    /// The deaths of one executor without a finished request between them that are restarted at
    /// once.
    package static let immediateRestartCountMax = 2

    /// The first pause before a restart, in milliseconds; it doubles with each further death.
    package static let restartPauseMillisecondsMin = 20

    /// The longest pause before a restart, in milliseconds.
    package static let restartPauseMillisecondsMax = 5_000

    /// How many bytes one read from a socket takes at most.
    static let receiveByteCountMax = 256 << 10

    /// How often the node looks whether a killed process is gone, in milliseconds.
    static let reapIntervalMilliseconds: Int64 = 5
}
