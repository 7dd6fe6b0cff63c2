/// The static table (RFC 7541 appendix A).
struct HPACKStaticTable: Sendable {
    /// The one instance.
    static let shared = HPACKStaticTable()

    /// How many entries; index 1 is entry 0 of `list`.
    static let count = 61

    /// The entries in order.
    let list: HTTP2HeaderList

    /// The hash of each entry's name, and of its name and value.
    private let nameHashes: [UInt32]
    private let fieldHashes: [UInt32]

    private init() {
        let list = HTTP2HeaderList(Self.entries)
        let bytes = list.bytes.span
        var nameHashes: [UInt32] = []
        var fieldHashes: [UInt32] = []
        for index in 0..<list.count {
            let hash = HPACKHash.name(bytes.extracting(list.nameRange(index)))
            nameHashes.append(hash)
            fieldHashes.append(HPACKHash.field(hash, bytes.extracting(list.valueRange(index))))
        }
        self.list = list
        self.nameHashes = nameHashes
        self.fieldHashes = fieldHashes
    }

    /// The index (1 to 61) of this very field.
    func index(hash: UInt32, name: Span<UInt8>, value: Span<UInt8>) -> Int? {
        for index in fieldHashes.indices where fieldHashes[index] == hash {
            if list.isEqual(list.nameRange(index), name),
                list.isEqual(list.valueRange(index), value)
            {
                return index + 1
            }
        }
        return nil
    }

    /// The index (1 to 61) of the first field with this name.
    func nameIndex(hash: UInt32, name: Span<UInt8>) -> Int? {
        for index in nameHashes.indices where nameHashes[index] == hash {
            if list.isEqual(list.nameRange(index), name) { return index + 1 }
        }
        return nil
    }

    private static let entries: [(String, String)] = [
        (":authority", ""),
        (":method", "GET"),
        (":method", "POST"),
        (":path", "/"),
        (":path", "/index.html"),
        (":scheme", "http"),
        (":scheme", "https"),
        (":status", "200"),
        (":status", "204"),
        (":status", "206"),
        (":status", "304"),
        (":status", "400"),
        (":status", "404"),
        (":status", "500"),
        ("accept-charset", ""),
        ("accept-encoding", "gzip, deflate"),
        ("accept-language", ""),
        ("accept-ranges", ""),
        ("accept", ""),
        ("access-control-allow-origin", ""),
        ("age", ""),
        ("allow", ""),
        ("authorization", ""),
        ("cache-control", ""),
        ("content-disposition", ""),
        ("content-encoding", ""),
        ("content-language", ""),
        ("content-length", ""),
        ("content-location", ""),
        ("content-range", ""),
        ("content-type", ""),
        ("cookie", ""),
        ("date", ""),
        ("etag", ""),
        ("expect", ""),
        ("expires", ""),
        ("from", ""),
        ("host", ""),
        ("if-match", ""),
        ("if-modified-since", ""),
        ("if-none-match", ""),
        ("if-range", ""),
        ("if-unmodified-since", ""),
        ("last-modified", ""),
        ("link", ""),
        ("location", ""),
        ("max-forwards", ""),
        ("proxy-authenticate", ""),
        ("proxy-authorization", ""),
        ("range", ""),
        ("referer", ""),
        ("refresh", ""),
        ("retry-after", ""),
        ("server", ""),
        ("set-cookie", ""),
        ("strict-transport-security", ""),
        ("transfer-encoding", ""),
        ("user-agent", ""),
        ("vary", ""),
        ("via", ""),
        ("www-authenticate", ""),
    ]
}

/// FNV-1a over names and values: finds entries, decides nothing.
enum HPACKHash {
    static func name(_ name: Span<UInt8>) -> UInt32 {
        extend(0x811c_9dc5, name)
    }

    /// The hash of a field from its name's hash.
    static func field(_ nameHash: UInt32, _ value: Span<UInt8>) -> UInt32 {
        extend((nameHash ^ 0xff) &* 0x0100_0193, value)
    }

    private static func extend(_ hash: UInt32, _ bytes: Span<UInt8>) -> UInt32 {
        var hash = hash
        for index in bytes.indices { hash = (hash ^ UInt32(bytes[index])) &* 0x0100_0193 }
        return hash
    }
}
