internal import CRocksDB

/// RocksDB's options for one opening; they are freed with this value.
@safe
struct DatabaseOptions: ~Copyable {
    /// Values of this many bytes go to blob files: compaction then moves references, not megabytes.
    private static let blobByteCountMin: UInt64 = 32 << 10

    /// Bits of Bloom filter per key: about 1 % false positives.
    private static let bloomBitsPerKey = 10.0

    /// RocksDB's log level for warnings.
    private static let warnLevel: Int32 = 2

    /// One per column family, in the order of `ColumnFamily`; the first is also the database's.
    private(set) var families: [OpaquePointer?]
    private let cache: OpaquePointer
    private let tables: OpaquePointer

    init(_ limits: JobStoreLimits) {
        unsafe cache = rocksdb_cache_create_lru(limits.blockCacheByteCount)
        unsafe tables = rocksdb_block_based_options_create()
        unsafe Self.configure(tables, cache)
        let tables = unsafe tables
        unsafe families = ColumnFamily.allCases.map { unsafe Self.make($0, limits, tables) }
    }

    deinit {
        for index in unsafe families.indices {
            // Made by `rocksdb_options_create`, freed once; RocksDB copied what it needs.
            unsafe rocksdb_options_destroy(families[index])
        }
        unsafe rocksdb_block_based_options_destroy(tables)
        unsafe rocksdb_cache_destroy(cache)
    }

    // All calls below set fields of live option objects.

    private static func configure(_ tables: OpaquePointer, _ cache: OpaquePointer) {
        unsafe rocksdb_block_based_options_set_block_cache(tables, cache)
        unsafe rocksdb_block_based_options_set_cache_index_and_filter_blocks(tables, 1)
        unsafe rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(tables, 1)
        // The table options own the policy from here on.
        unsafe rocksdb_block_based_options_set_filter_policy(
            tables, rocksdb_filterpolicy_create_bloom_full(bloomBitsPerKey))
        unsafe rocksdb_block_based_options_set_whole_key_filtering(tables, 1)
    }

    private static func make(
        _ family: ColumnFamily, _ limits: JobStoreLimits, _ tables: OpaquePointer
    ) -> OpaquePointer? {
        let options = unsafe rocksdb_options_create()
        unsafe rocksdb_options_set_create_if_missing(options, 1)
        unsafe rocksdb_options_set_create_missing_column_families(options, 1)
        unsafe rocksdb_options_set_paranoid_checks(options, 1)
        // A torn last record is what a crash leaves; damage before it is refused.
        unsafe rocksdb_options_set_wal_recovery_mode(
            options, Int32(rocksdb_tolerate_corrupted_tail_records_recovery))
        unsafe rocksdb_options_set_max_open_files(options, Int32(limits.openFileCountMax))
        unsafe rocksdb_options_set_max_background_jobs(options, 2)
        unsafe rocksdb_options_set_db_write_buffer_size(options, limits.writeBufferByteCount)
        unsafe rocksdb_options_set_max_total_wal_size(
            options, UInt64(limits.writeAheadLogByteCountMax))
        unsafe rocksdb_options_set_write_buffer_size(options, limits.writeBufferByteCount / 2)
        unsafe rocksdb_options_set_block_based_table_factory(options, tables)
        unsafe rocksdb_options_set_compression(options, Int32(rocksdb_lz4_compression))
        if family.hasLargeValues {
            unsafe rocksdb_options_set_enable_blob_files(options, 1)
            unsafe rocksdb_options_set_min_blob_size(options, blobByteCountMin)
            unsafe rocksdb_options_set_enable_blob_gc(options, 1)
        }
        unsafe quieten(options)
        return unsafe options
    }

    private static func quieten(_ options: OpaquePointer?) {
        unsafe rocksdb_options_set_info_log_level(options, warnLevel)
        unsafe rocksdb_options_set_keep_log_file_num(options, 2)
        unsafe rocksdb_options_set_max_log_file_size(options, 1 << 20)
        unsafe rocksdb_options_set_stats_dump_period_sec(options, 0)
        unsafe rocksdb_options_set_stats_persist_period_sec(options, 0)
    }
}
