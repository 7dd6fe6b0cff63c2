internal import CRocksDB
internal import Glibc

/// The only owner of a RocksDB handle. RocksDB allows reads and writes from any thread; the lock
/// keeps closing and everything else apart.
@safe
final class RocksDatabase: @unchecked Sendable {
    // `handle` and `families` change only under the write lock, in `close`; everything else holds
    // the read lock while it uses them. That is what makes the class Sendable.
    private let lock: UnsafeMutablePointer<pthread_rwlock_t>
    private var handle: OpaquePointer?
    private var families: [OpaquePointer?]
    private let readOptions: OpaquePointer
    private let syncedWriteOptions: OpaquePointer
    private let relaxedWriteOptions: OpaquePointer

    /// Opens, and creates where needed, the database in the directory `path`. Read-only opening
    /// takes no lock on the directory and creates nothing.
    init(path: String, limits: JobStoreLimits, isReadOnly: Bool) throws(JobStoreError) {
        let (handle, families) = unsafe try Self.open(path, limits, isReadOnly: isReadOnly)
        unsafe self.handle = unsafe handle
        unsafe self.families = unsafe families
        unsafe lock = .allocate(capacity: 1)
        unsafe pthread_rwlock_init(lock, nil)
        unsafe readOptions = rocksdb_readoptions_create()
        unsafe rocksdb_readoptions_set_verify_checksums(readOptions, 1)
        unsafe syncedWriteOptions = rocksdb_writeoptions_create()
        unsafe rocksdb_writeoptions_set_sync(syncedWriteOptions, 1)
        unsafe relaxedWriteOptions = rocksdb_writeoptions_create()
    }

    deinit {
        close()
        // Nobody else can hold what dies with the last reference.
        unsafe rocksdb_readoptions_destroy(readOptions)
        unsafe rocksdb_writeoptions_destroy(syncedWriteOptions)
        unsafe rocksdb_writeoptions_destroy(relaxedWriteOptions)
        unsafe pthread_rwlock_destroy(lock)
        unsafe lock.deallocate()
    }

    /// Waits for reads and writes under way and gives the directory back. Later calls throw
    /// `closed`.
    func close() {
        unsafe pthread_rwlock_wrlock(lock)
        defer { unsafe pthread_rwlock_unlock(lock) }
        guard let database = unsafe handle else { return }
        for index in unsafe families.indices {
            unsafe rocksdb_column_family_handle_destroy(families[index])
        }
        unsafe rocksdb_close(database)
        unsafe handle = nil
        unsafe families = []
    }

    /// The value under a key, copied; nil when there is none.
    func value(_ family: ColumnFamily, _ key: [UInt8]) throws(JobStoreError) -> [UInt8]? {
        unsafe pthread_rwlock_rdlock(lock)
        defer { unsafe pthread_rwlock_unlock(lock) }
        guard let database = unsafe handle else { throw .closed }
        var message: UnsafeMutablePointer<CChar>?
        let slice = unsafe withCCharacters(key) { key, keyCount in
            unsafe rocksdb_get_pinned_cf(
                database, readOptions, families[family.rawValue], key, keyCount, &message)
        }
        unsafe try Self.check(message, "read from \(family.name)")
        guard let slice = unsafe slice else { return nil }
        // The slice stays valid until it is destroyed, after the copy.
        defer { unsafe rocksdb_pinnableslice_destroy(slice) }
        var count = 0
        let start = unsafe rocksdb_pinnableslice_value(slice, &count)
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// An empty batch for this database.
    func makeBatch() -> WriteBatch {
        unsafe WriteBatch(families: families)
    }

    /// Writes a batch; with `isSynced` it is on disk when the call returns.
    func write(_ batch: borrowing WriteBatch, isSynced: Bool) throws(JobStoreError) {
        unsafe pthread_rwlock_rdlock(lock)
        defer { unsafe pthread_rwlock_unlock(lock) }
        guard let database = unsafe handle else { throw .closed }
        var message: UnsafeMutablePointer<CChar>?
        unsafe rocksdb_write(
            database, isSynced ? syncedWriteOptions : relaxedWriteOptions, batch.handle, &message)
        unsafe try Self.check(message, "write")
    }

    /// Hands every entry whose key starts with `prefix`, from `start` on and in the order of the
    /// keys, to `body`, as of one moment, until it returns false. Keys and values are valid during
    /// its call.
    func scan(
        _ family: ColumnFamily, prefix: [UInt8] = [], from start: [UInt8]? = nil,
        _ body: (Span<UInt8>, Span<UInt8>) throws(JobStoreError) -> Bool
    ) throws(JobStoreError) {
        unsafe pthread_rwlock_rdlock(lock)
        defer { unsafe pthread_rwlock_unlock(lock) }
        guard let database = unsafe handle else { throw .closed }
        let cursor = unsafe rocksdb_create_iterator_cf(
            database, readOptions, families[family.rawValue])
        defer { unsafe rocksdb_iter_destroy(cursor) }
        unsafe withCCharacters(start ?? prefix) { key, keyCount in
            unsafe rocksdb_iter_seek(cursor, key, keyCount)
        }
        while unsafe rocksdb_iter_valid(cursor) != 0 {
            let key = unsafe Self.key(of: cursor)
            guard unsafe key.starts(with: prefix) else { break }
            // Both spans end before the cursor moves.
            guard unsafe try body(key.span, Self.value(of: cursor).span) else { break }
            unsafe rocksdb_iter_next(cursor)
        }
        var message: UnsafeMutablePointer<CChar>?
        unsafe rocksdb_iter_get_error(cursor, &message)
        unsafe try Self.check(message, "scan \(family.name)")
    }

    /// The largest key that is not above `key`; nil when there is none.
    func lastKey(_ family: ColumnFamily, upTo key: [UInt8]) throws(JobStoreError) -> [UInt8]? {
        unsafe pthread_rwlock_rdlock(lock)
        defer { unsafe pthread_rwlock_unlock(lock) }
        guard let database = unsafe handle else { throw .closed }
        let cursor = unsafe rocksdb_create_iterator_cf(
            database, readOptions, families[family.rawValue])
        defer { unsafe rocksdb_iter_destroy(cursor) }
        unsafe withCCharacters(key) { key, keyCount in
            unsafe rocksdb_iter_seek_for_prev(cursor, key, keyCount)
        }
        guard unsafe rocksdb_iter_valid(cursor) != 0 else {
            var message: UnsafeMutablePointer<CChar>?
            unsafe rocksdb_iter_get_error(cursor, &message)
            unsafe try Self.check(message, "seek in \(family.name)")
            return nil
        }
        return unsafe [UInt8](Self.key(of: cursor))
    }

    // The two below read what a valid cursor stands on; the result lives until the cursor moves.

    private static func key(of cursor: OpaquePointer?) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        let start = unsafe rocksdb_iter_key(cursor, &count)
        return unsafe UnsafeRawBufferPointer(start: start, count: count)
            .assumingMemoryBound(to: UInt8.self)
    }

    private static func value(of cursor: OpaquePointer?) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        let start = unsafe rocksdb_iter_value(cursor, &count)
        return unsafe UnsafeRawBufferPointer(start: start, count: count)
            .assumingMemoryBound(to: UInt8.self)
    }

    private static func check(
        _ message: UnsafeMutablePointer<CChar>?, _ operation: @autoclosure () -> String
    ) throws(JobStoreError) {
        guard let text = unsafe take(message) else { return }
        throw .inputOutput(operation: operation(), message: text)
    }

    /// The text of an error message, which is freed; nil for none.
    private static func take(_ message: UnsafeMutablePointer<CChar>?) -> String? {
        guard let message = unsafe message else { return nil }
        defer { unsafe rocksdb_free(message) }
        return unsafe String(cString: message)
    }

    private static func open(
        _ path: String, _ limits: JobStoreLimits, isReadOnly: Bool
    ) throws(JobStoreError) -> (OpaquePointer, [OpaquePointer?]) {
        let options = DatabaseOptions(limits)
        let names = unsafe ColumnFamily.allCases.map { unsafe UnsafePointer(strdup($0.name)) }
        defer {
            for index in unsafe names.indices {
                unsafe free(UnsafeMutablePointer(mutating: names[index]))
            }
        }
        var families = unsafe [OpaquePointer?](repeating: nil, count: names.count)
        var message: UnsafeMutablePointer<CChar>?
        let count = Int32(ColumnFamily.allCases.count)
        // The three arrays have `count` elements each.
        let handle =
            isReadOnly
            ? unsafe rocksdb_open_for_read_only_column_families(
                options.families[0], path, count, names, options.families, &families, 0, &message)
            : unsafe rocksdb_open_column_families(
                options.families[0], path, count, names, options.families, &families, &message)
        if let text = unsafe take(message) {
            throw text.contains("LOCK") || text.contains("lock hold by")
                ? .locked(path: path) : .cannotOpen(path: path, message: text)
        }
        guard let handle = unsafe handle else {
            throw .cannotOpen(path: path, message: "RocksDB gave no reason")
        }
        return unsafe (handle, families)
    }
}
