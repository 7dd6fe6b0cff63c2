internal import Bytes

/// CRC-32C (Castagnoli), the checksum of RFC 3720 section 12.1, eight bytes at a time.
///
/// RocksDB checks its own blocks; this one ties a value to the code that wrote it and is checked on
/// every read.
package enum CRC32C {
    /// The reflected polynomial 0x1EDC6F41.
    private static let polynomial: UInt32 = 0x82f6_3b78

    /// `tables[k][b]` advances byte `b` past `k` more zero bytes; flattened, 8 × 256 entries.
    private static let tables: [UInt32] = makeTables()

    /// The checksum of `bytes`.
    package static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        let tables = tables.span
        var crc = UInt32.max
        var offset = 0
        while offset + 8 <= bytes.count {
            let low = bytes.littleEndianUInt32(at: offset) ^ crc
            let high = bytes.littleEndianUInt32(at: offset + 4)
            crc = lookUp(low, in: tables, from: 7) ^ lookUp(high, in: tables, from: 3)
            offset += 8
        }
        while offset < bytes.count {
            crc = crc >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: crc) ^ bytes[offset])]
            offset += 1
        }
        return ~crc
    }

    private static func lookUp(
        _ word: UInt32, in tables: Span<UInt32>, from table: Int
    ) -> UInt32 {
        tables[table << 8 | Int(word & 255)] ^ tables[(table - 1) << 8 | Int(word >> 8 & 255)]
            ^ tables[(table - 2) << 8 | Int(word >> 16 & 255)]
            ^ tables[(table - 3) << 8 | Int(word >> 24)]
    }

    private static func makeTables() -> [UInt32] {
        var tables = (0..<256).map { byte in
            (0..<8).reduce(UInt32(byte)) { crc, _ in
                crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ polynomial
            }
        }
        for index in 256..<2048 {
            let previous = tables[index - 256]
            tables.append(previous >> 8 ^ tables[Int(previous & 255)])
        }
        return tables
    }
}
