internal import Glibc

/// The bounds of the node's own loops and buffers. Bounds that an operator may want to move are settings;
/// see `NodeConfiguration`.
package enum NodeLimits {
    /// Levels of a configuration file: sections of settings need two.
    static let configurationDepthMax = 4

    /// A configuration file's size, in bytes.
    package static let configurationByteCountMax = 1 << 20

    /// Executors that run at once unless the configuration says otherwise: one for each processor.
    static let processorCount = max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// Signers that are being checked on the chain at once; further submissions are told to come back.
    static let consumerQuestionCountMax = 64

    /// Jobs taken from the store ahead of the executors, for each executor: enough to keep one busy while
    /// the next write is on its way to the disk.
    static let claimedJobCountPerExecutor = 8

    /// Dry runs and program checks that may be under way at once, and the bytes that they may hold: a
    /// part of what the executors' queue takes, so that jobs find the rest.
    static let clientExecutionCountMax = 64
    static let clientExecutionByteCountMax = 96 << 20

    /// Requests of clients that may wait for a disk read.
    static let waitingReadCountMax = 4096

    /// Names, quotes and the other members around an ELF in a request, in bytes.
    static let programEnvelopeByteCountMax = 64 << 10

    /// How often, and how many times, a deployment looks for its transaction: two minutes in all.
    static let deploymentPollMilliseconds = 100
    static let deploymentPollCountMax = 1200

    /// Results on their way to the poster; further ones are read back from the outbox later.
    static let waitingPostingCountMax = 4096
}
