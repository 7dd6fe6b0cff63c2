/// Every bound of the store, with its default.
package struct JobStoreLimits: Hashable, Sendable {
    /// Commands of clients that may wait for the committer; more are refused as overloaded. At some
    /// microseconds each this is well below a second of work.
    package var clientCommandCountMax = 8_192

    /// All commands that may wait: those of executors and of the poster have this much more room,
    /// so that clients cannot keep the node from finishing what it has begun.
    package var commandCountMax = 16_384

    /// Bytes that waiting commands may hold together; one command always fits.
    package var commandByteCountMax = 64 << 20

    /// Commands that share one write and one sync.
    package var batchCommandCountMax = 2_048

    /// Bytes of commands that share one write.
    package var batchByteCountMax = 16 << 20

    /// Memory for views of recent jobs, in bytes.
    package var viewCacheByteCountMax = 8 << 20

    /// Calls that may wait for a job at once.
    package var waiterCountMax = 65_536

    /// Programs that may be registered; their records (not their ELFs) are held in memory.
    package var programCountMax = 100_000

    /// RocksDB's cache of uncompressed blocks, indexes and filters, in bytes.
    package var blockCacheByteCount = 8 << 20

    /// Writes kept in memory before they go to a table file, over all column families, in bytes.
    package var writeBufferByteCount = 16 << 20

    /// Log of writes kept before the oldest column family is flushed, in bytes.
    package var writeAheadLogByteCountMax = 64 << 20

    /// Files that RocksDB keeps open.
    package var openFileCountMax = 256

    /// The defaults, which fit a node that idles under 60 MB.
    package init() {}
}

/// Bounds that nobody needs to configure.
enum StoreScanLimits {
    /// Violations listed by one check; the rest are counted.
    static let violationCountMax = 1_000

    /// Postings or programs handed out by one call.
    static let pageCountMax = 1_024
}
