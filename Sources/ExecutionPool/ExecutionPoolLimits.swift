internal import GuestRuntime

/// The bounds of the pool that no configuration changes.
package enum ExecutionPoolLimits {
    /// How many executors a pool may have. More processes than cores gain nothing.
    package static let executorCountMax = 256

    /// The largest ELF, or inputs of a job, in bytes: an ELF has 32 MiB at most.
    package static let requestByteCountMax = 64 << 20

    /// The longest translation that is kept, in bytes. A program with a longer one, of some ten
    /// megabytes of text, is translated by each executor.
    static let translationByteCountMax = 128 << 20

    /// The largest message that an executor accepts, in bytes: an ELF and its translation, or inputs.
    package static let commandByteCountMax =
        requestByteCountMax + translationByteCountMax + commandHeadByteCountMax

    /// What a command has beside an ELF or inputs, in bytes, at most.
    static let commandHeadByteCountMax = 64

    /// The largest message that the node accepts from an executor, in bytes: a translation, or the
    /// output and console text of a guest, and some room.
    static let replyByteCountMax =
        max(
            translationByteCountMax,
            GuestRuntimeLimits.outputByteCountMax + GuestRuntimeLimits.consoleByteCountMax)
        + (16 << 10)

    /// How many translations wait to be written to files. More are not written this time.
    static let unwrittenCodeCountMax = 64

    /// How many files of translations are looked at.
    static let codeFileCountMax = 100_000

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

    /// How many lanes of the queue are compared to find one that is served little. More than there
    /// are executors on most machines, so that a lane without a run is among them.
    static let comparedLaneCountMax = 64

    /// How long every executor has to be held by what runs before a spare one takes over for those of
    /// whom nothing runs. Longer than what most jobs take, so that they never need one.
    static let spareDelay = Duration.milliseconds(20)

    /// How long a thread that expects something looks for it before it goes to sleep: about what
    /// falling asleep and being woken takes, on a virtual machine.
    static let watchDuration = Duration.microseconds(60)

    /// After looking in vain, how often a thread goes to sleep at once, at most.
    static let watchSkipCountMax = 64

    /// How many requests are sent to an executor ahead of the one that it works at: enough to keep it busy
    /// while the dispatcher does not get a core, few enough to be given to another in no time.
    static let aheadCountMax = 4

    /// How large a request that is sent ahead, or by the thread that submits it, may be, in bytes: so small
    /// that it and the word that it is to be skipped are read at once, and that no socket lacks the room.
    static let smallRequestByteCountMax = 16 << 10

    /// A run is short when it took less: then what is sent ahead of the next probably does not wait.
    static let shortRunDuration = Duration.milliseconds(1)

    /// How long a request that was sent ahead waits behind one that turns out to be long.
    static let aheadPatience = Duration.milliseconds(2)

    /// How long an executor may be at a request that it was told to skip. It is at one at all only when it
    /// began just before it was told.
    static let skipLimit = Duration.milliseconds(100)

    /// How many bytes one read from a socket takes at most.
    static let receiveByteCountMax = 256 << 10

    /// How often the node looks whether a killed process is gone, in milliseconds.
    static let reapIntervalMilliseconds: Int64 = 5

    /// The address space of an executor, in bytes: a guest's 4 GiB and their guards, twice because the
    /// kernel counts what is being replaced, and what follows.
    static let executorAddressSpaceByteCountMax = (8 << 30) + executorDataByteCountMax

    /// The private writable memory of an executor, in bytes, touched or not.
    static let executorDataByteCountMax = 8 << 30

    /// The processor time that an executor gets beyond the wall-clock limit of its requests, in
    /// seconds: the grant is renewed at the first request after each half of it.
    static let processorTimeSpareSeconds: UInt32 = 20
}
