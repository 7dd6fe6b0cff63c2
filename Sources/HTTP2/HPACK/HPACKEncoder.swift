/// Encodes the header blocks of one direction of a connection, in the order in which they are sent
/// (RFC 7541).
package struct HPACKEncoder: Sendable {
    private var table: HPACKDynamicTable
    private let tableByteCountLimit: Int

    /// The smallest size since the last block, when the size changed (section 4.2).
    private var smallestPendingSize: Int?

    /// An encoder that uses at most `tableByteCountMax` however much more the peer allows. Both sides
    /// start with the protocol's default of 4,096.
    package init(tableByteCountMax: Int = 4_096) {
        tableByteCountLimit = tableByteCountMax
        table = HPACKDynamicTable(byteCountMax: 4_096)
        if tableByteCountMax < 4_096 { allowTable(of: tableByteCountMax) }
    }

    /// The peer's SETTINGS_HEADER_TABLE_SIZE.
    package mutating func allowTable(of byteCount: Int) {
        let size = min(byteCount, tableByteCountLimit)
        guard size != table.byteCountMax else { return }
        table.resize(to: size)
        smallestPendingSize = min(smallestPendingSize ?? size, size)
    }

    /// Appends one block with all fields of `list`.
    package mutating func encode(_ list: HTTP2HeaderList, to output: inout [UInt8]) {
        encodeSizeUpdates(to: &output)
        let bytes = list.bytes.span
        for index in 0..<list.count {
            encodeField(
                name: bytes.extracting(list.nameRange(index)),
                value: bytes.extracting(list.valueRange(index)),
                isSensitive: list.fields[index].isSensitive, to: &output)
        }
    }

    /// Appends a block that was encoded without a table; only the size updates depend on when it is sent.
    mutating func encode(_ block: HTTP2HeaderBlock, to output: inout [UInt8]) {
        encodeSizeUpdates(to: &output)
        output.append(copying: block.bytes.span)
    }

    /// The bytes of `list` as any decoder reads them, whatever its dynamic table holds.
    static func encodeWithoutTable(_ list: HTTP2HeaderList) -> [UInt8] {
        var output: [UInt8] = []
        let bytes = list.bytes.span
        for index in 0..<list.count {
            let name = bytes.extracting(list.nameRange(index))
            let value = bytes.extracting(list.valueRange(index))
            let nameHash = HPACKHash.name(name)
            let hash = HPACKHash.field(nameHash, value)
            let isSensitive = list.fields[index].isSensitive
            if !isSensitive,
                let place = HPACKStaticTable.shared.index(hash: hash, name: name, value: value)
            {
                HPACKInteger.encode(place, prefixBitCount: 7, flags: 0x80, to: &output)
                continue
            }
            let place = HPACKStaticTable.shared.nameIndex(hash: nameHash, name: name) ?? 0
            let form: Literal = isSensitive ? .neverIndexed : .withoutIndexing
            encodeLiteral(form, nameIndex: place, name: name, value: value, to: &output)
        }
        return output
    }

    /// The representations of section 6.2: their flags and the length of their prefix.
    private enum Literal {
        case withIndexing, withoutIndexing, neverIndexed

        var flags: UInt8 {
            switch self {
            case .withIndexing: 0x40
            case .withoutIndexing: 0
            case .neverIndexed: 0x10
            }
        }

        var prefixBitCount: Int {
            switch self {
            case .withIndexing: 6
            case .withoutIndexing, .neverIndexed: 4
            }
        }
    }

    private mutating func encodeSizeUpdates(to output: inout [UInt8]) {
        guard let smallest = smallestPendingSize else { return }
        smallestPendingSize = nil
        if smallest < table.byteCountMax {
            HPACKInteger.encode(smallest, prefixBitCount: 5, flags: 0x20, to: &output)
        }
        HPACKInteger.encode(table.byteCountMax, prefixBitCount: 5, flags: 0x20, to: &output)
    }

    private mutating func encodeField(
        name: Span<UInt8>, value: Span<UInt8>, isSensitive: Bool, to output: inout [UInt8]
    ) {
        let nameHash = HPACKHash.name(name)
        let hash = HPACKHash.field(nameHash, value)
        if !isSensitive, let index = fieldIndex(hash: hash, name: name, value: value) {
            HPACKInteger.encode(index, prefixBitCount: 7, flags: 0x80, to: &output)
            return
        }
        let nameIndex = nameIndex(hash: nameHash, name: name)
        let form = form(name: name, value: value, isSensitive: isSensitive)
        Self.encodeLiteral(form, nameIndex: nameIndex, name: name, value: value, to: &output)
        if form == .withIndexing {
            table.insert(name: name, value: value, nameHash: nameHash, fieldHash: hash)
        }
    }

    private func fieldIndex(hash: UInt32, name: Span<UInt8>, value: Span<UInt8>) -> Int? {
        if let index = HPACKStaticTable.shared.index(hash: hash, name: name, value: value) {
            return index
        }
        return table.index(hash: hash, name: name, value: value).map {
            $0 + HPACKStaticTable.count + 1
        }
    }

    private func nameIndex(hash: UInt32, name: Span<UInt8>) -> Int {
        if let index = HPACKStaticTable.shared.nameIndex(hash: hash, name: name) { return index }
        return table.nameIndex(hash: hash, name: name).map { $0 + HPACKStaticTable.count + 1 } ?? 0
    }

    /// Values that differ from message to message would only push useful entries out of the table, and
    /// secrets must not be there to be guessed (section 7.1).
    private func form(name: Span<UInt8>, value: Span<UInt8>, isSensitive: Bool) -> Literal {
        if isSensitive { return .neverIndexed }
        if (name.count + value.count + 32) * 4 > table.byteCountMax { return .withoutIndexing }
        for volatile in Self.volatileNames where name.hasSameBytes(as: volatile.utf8.span) {
            return .withoutIndexing
        }
        return .withIndexing
    }

    private static let volatileNames = [
        "content-length", "date", "etag", "grpc-message", "grpc-timeout", ":path", "location",
    ]

    private static func encodeLiteral(
        _ form: Literal, nameIndex: Int, name: Span<UInt8>, value: Span<UInt8>,
        to output: inout [UInt8]
    ) {
        HPACKInteger.encode(
            nameIndex, prefixBitCount: form.prefixBitCount, flags: form.flags, to: &output)
        if nameIndex == 0 { encodeString(name, to: &output) }
        encodeString(value, to: &output)
    }

    private static func encodeString(_ text: Span<UInt8>, to output: inout [UInt8]) {
        let codedByteCount = HPACKHuffman.shared.codedByteCount(text)
        if codedByteCount < text.count {
            HPACKInteger.encode(codedByteCount, prefixBitCount: 7, flags: 0x80, to: &output)
            HPACKHuffman.shared.encode(text, to: &output)
        } else {
            HPACKInteger.encode(text.count, prefixBitCount: 7, flags: 0, to: &output)
            output.append(copying: text)
        }
    }
}
