/// Decodes the header blocks of one direction of a connection, in order (RFC 7541).
package struct HPACKDecoder: Sendable {
    private var table: HPACKDynamicTable

    /// What our SETTINGS allow the peer's table to be.
    private var tableByteCountLimit: Int

    /// The peer's table is larger than we now allow: the next block must start by shrinking it.
    private var mustShrink = false

    /// A decoder whose table starts at, and may grow to, `tableByteCountMax`.
    package init(tableByteCountMax: Int = 4_096) {
        table = HPACKDynamicTable(byteCountMax: tableByteCountMax)
        tableByteCountLimit = tableByteCountMax
    }

    /// The size of the dynamic table's entries, for tests.
    package var tableByteCount: Int { table.byteCount }

    /// Changes whenever the dynamic table does.
    var generation: UInt64 { table.generation }

    /// Allows a table of `byteCount` from now on: the peer has acknowledged our SETTINGS.
    package mutating func limitTable(to byteCount: Int) {
        tableByteCountLimit = byteCount
        mustShrink = table.byteCountMax > byteCount
        // A block without the size update no longer means what it did.
        if mustShrink { table.resize(to: table.byteCountMax) }
    }

    /// Appends the fields of one whole block to `list`. Returns false when the list grew past
    /// `listByteCountMax`: the block was decoded all the same, as the table needs, but fields from there
    /// on were dropped.
    package mutating func decode(
        _ block: Span<UInt8>, into list: inout HTTP2HeaderList, listByteCountMax: Int = .max
    ) throws(HPACKError) -> Bool {
        var offset = try decodeSizeUpdates(block)
        var fits = true
        while offset < block.count {
            try decodeField(block, at: &offset, into: &list)
            if !fits || list.listByteCount > listByteCountMax {
                fits = false
                list.removeLastField()
            }
        }
        return fits
    }

    /// The table size updates at the start of a block (section 4.2); returns where they end.
    private mutating func decodeSizeUpdates(_ block: Span<UInt8>) throws(HPACKError) -> Int {
        var offset = 0
        while offset < block.count, block[offset] & 0xe0 == 0x20 {
            let size = try HPACKInteger.decode(block, at: &offset, prefixBitCount: 5)
            guard size <= tableByteCountLimit else { throw .tableSizeUpdate }
            table.resize(to: size)
            mustShrink = false
        }
        guard !mustShrink else { throw .tableSizeUpdate }
        return offset
    }

    private mutating func decodeField(
        _ block: Span<UInt8>, at offset: inout Int, into list: inout HTTP2HeaderList
    ) throws(HPACKError) {
        let first = block[offset]
        if first & 0x80 != 0 {
            let index = try HPACKInteger.decode(block, at: &offset, prefixBitCount: 7)
            try appendEntry(index, to: &list)
        } else if first & 0x40 != 0 {
            let start = list.bytes.count
            try decodeLiteral(block, at: &offset, prefixBitCount: 6, into: &list)
            let bytes = list.bytes.span
            let nameEnd = list.nameRange(list.count - 1).upperBound
            table.insert(
                name: bytes.extracting(start..<nameEnd),
                value: bytes.extracting(nameEnd..<bytes.count))
        } else if first & 0x20 != 0 {
            throw .tableSizeUpdate
        } else {
            try decodeLiteral(block, at: &offset, prefixBitCount: 4, into: &list)
            if first & 0x10 != 0 { list.fields[list.fields.count - 1].isSensitive = true }
        }
    }

    private func appendEntry(
        _ index: Int, to list: inout HTTP2HeaderList
    ) throws(HPACKError) {
        let start = list.bytes.count
        let nameCount = try copyEntry(index, nameOnly: false, to: &list)
        list.finishField(start: start, nameCount: nameCount, isSensitive: false)
    }

    private func decodeLiteral(
        _ block: Span<UInt8>, at offset: inout Int, prefixBitCount: Int,
        into list: inout HTTP2HeaderList
    ) throws(HPACKError) {
        let start = list.bytes.count
        let index = try HPACKInteger.decode(block, at: &offset, prefixBitCount: prefixBitCount)
        if index == 0 {
            try decodeString(block, at: &offset, to: &list.bytes)
        } else {
            _ = try copyEntry(index, nameOnly: true, to: &list)
        }
        let nameCount = list.bytes.count - start
        try decodeString(block, at: &offset, to: &list.bytes)
        list.finishField(start: start, nameCount: nameCount, isSensitive: false)
    }

    private func copyEntry(
        _ index: Int, nameOnly: Bool, to list: inout HTTP2HeaderList
    ) throws(HPACKError) -> Int {
        guard index > 0 else { throw .indexOutOfRange }
        if index > HPACKStaticTable.count {
            let place = index - HPACKStaticTable.count - 1
            guard let nameCount = table.copyEntry(place, nameOnly: nameOnly, to: &list.bytes) else {
                throw .indexOutOfRange
            }
            return nameCount
        }
        let entries = HPACKStaticTable.shared.list
        let name = entries.nameRange(index - 1)
        let end = nameOnly ? name.upperBound : entries.valueRange(index - 1).upperBound
        list.bytes.append(copying: entries.bytes.span.extracting(name.lowerBound..<end))
        return name.count
    }

    /// Section 5.2.
    private func decodeString(
        _ block: Span<UInt8>, at offset: inout Int, to output: inout [UInt8]
    ) throws(HPACKError) {
        guard offset < block.count else { throw .truncated }
        let isHuffman = block[offset] & 0x80 != 0
        let byteCount = try HPACKInteger.decode(block, at: &offset, prefixBitCount: 7)
        guard byteCount <= block.count - offset else { throw .truncated }
        let text = block.extracting(offset..<offset + byteCount)
        offset += byteCount
        if isHuffman {
            try HPACKHuffman.shared.decode(text, to: &output)
        } else {
            output.append(copying: text)
        }
    }
}

extension HTTP2HeaderList {
    /// Takes the last field off again.
    fileprivate mutating func removeLastField() {
        guard let field = fields.popLast() else { return }
        bytes.removeLast(bytes.count - Int(field.start))
    }
}
