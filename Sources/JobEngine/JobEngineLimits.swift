/// Every bound that a job meets on its way through the engine, with the defaults of DESIGN.md
/// section 8. All of them are configurable.
package struct JobEngineLimits: Hashable, Sendable {
    /// The largest ABI-encoded request, in bytes: the on-chain input and room for the other fields.
    package var requestByteCountMax = 256 << 10

    /// The largest on-chain input, in bytes. It is posted as calldata, so blocks bound it too.
    package var onchainInputByteCountMax = 128 << 10

    /// The largest off-chain input, in bytes.
    package var offchainInputByteCountMax = 4 << 20

    /// The largest state, in bytes.
    package var stateByteCountMax = 4 << 20

    /// The largest cycle limit that a request may name.
    package var maxCyclesMax: UInt64 = 1 << 36

    /// How many jobs may be PENDING or RUNNING at once. Each costs about 300 bytes of memory.
    package var queueCountMax = 100_000

    /// How many finished jobs may wait in the outbox before new ones are refused: a chain that is
    /// down for long must not fill the disk.
    package var outboxCountMax = 100_000

    /// How long a job may stay PENDING or RUNNING, in milliseconds; nil for as long as it takes.
    package var timeToLiveMilliseconds: UInt64?

    /// How often a job may lose its executor before it is FAILED instead of run again.
    package var interruptionCountMax: UInt32 = 3

    /// The limits of DESIGN.md section 8.
    package init() {}
}

/// Bounds that are part of the stored formats, so no configuration changes them.
package enum StoredLimits {
    /// The longest failure message kept, in bytes of UTF-8; longer ones are cut.
    package static let failureMessageByteCountMax = 1024

    /// The longest value that any record may hold, in bytes.
    package static let blobByteCountMax = 64 << 20
}
