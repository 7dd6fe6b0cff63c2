internal import CRocksDB

/// Changes that RocksDB makes durable all at once or not at all. Used by the thread that made it,
/// and not after the database is closed.
@safe
struct WriteBatch: ~Copyable {
    let handle: OpaquePointer
    private let families: [OpaquePointer?]

    /// How many changes there are.
    private(set) var count = 0

    init(families: [OpaquePointer?]) {
        unsafe handle = rocksdb_writebatch_create()
        unsafe self.families = unsafe families
    }

    deinit {
        unsafe rocksdb_writebatch_destroy(handle)
    }

    // RocksDB copies keys and values during the calls below.

    mutating func put(_ family: ColumnFamily, _ key: [UInt8], _ value: [UInt8]) {
        unsafe withCCharacters(key) { key, keyCount in
            unsafe withCCharacters(value) { value, valueCount in
                unsafe rocksdb_writebatch_put_cf(
                    handle, families[family.rawValue], key, keyCount, value, valueCount)
            }
        }
        count += 1
    }

    mutating func delete(_ family: ColumnFamily, _ key: [UInt8]) {
        unsafe withCCharacters(key) { key, keyCount in
            unsafe rocksdb_writebatch_delete_cf(
                handle, families[family.rawValue], key, keyCount)
        }
        count += 1
    }

    /// Empties the batch and keeps its memory for the next one.
    mutating func clear() {
        unsafe rocksdb_writebatch_clear(handle)
        count = 0
    }
}
