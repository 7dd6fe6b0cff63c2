/// An ordered list of header fields, all in one byte buffer: two allocations however many fields.
/// Names are lower-case bytes; pseudo-header fields start with a colon.
package struct HTTP2HeaderList: Sendable {
    /// Where one field lies: its name at `start`, its value right behind.
    struct Field: Sendable {
        var start: UInt32
        var nameCount: UInt32
        var valueCount: UInt32
        var isSensitive: Bool
    }

    var bytes: [UInt8] = []
    var fields: [Field] = []

    /// An empty list.
    package init() {}

    /// The fields in the order given. For tests and constants; hot paths append.
    package init(_ pairs: [(String, String)]) {
        for (name, value) in pairs { append(name, value) }
    }

    /// How many fields.
    package var count: Int { fields.count }

    /// The name of the field at `index`.
    package func name(at index: Int) -> ArraySlice<UInt8> {
        bytes[nameRange(index)]
    }

    /// The value of the field at `index`.
    package func value(at index: Int) -> ArraySlice<UInt8> {
        bytes[valueRange(index)]
    }

    /// The value of the first field with this lower-case name.
    package func value(of name: String) -> ArraySlice<UInt8>? {
        firstIndex(of: name).map { value(at: $0) }
    }

    /// The index of the first field with this lower-case name, at or behind `start`.
    package func firstIndex(of name: String, from start: Int = 0) -> Int? {
        let wanted = name.utf8.span
        var index = start
        while index < fields.count {
            if isEqual(nameRange(index), wanted) { return index }
            index += 1
        }
        return nil
    }

    /// Whether the field at `index` has this name.
    package func nameEquals(_ index: Int, _ name: String) -> Bool {
        isEqual(nameRange(index), name.utf8.span)
    }

    /// Whether the field at `index` has this value, byte for byte.
    package func valueEquals(_ index: Int, _ value: String) -> Bool {
        isEqual(valueRange(index), value.utf8.span)
    }

    /// Adds a field. `isSensitive` keeps it out of every compression table on the way
    /// (RFC 7541 section 7.1.3).
    package mutating func append(_ name: String, _ value: String, isSensitive: Bool = false) {
        append(name: name.utf8.span, value: value.utf8.span, isSensitive: isSensitive)
    }

    /// Adds a field.
    package mutating func append(_ name: String, _ value: [UInt8], isSensitive: Bool = false) {
        append(name: name.utf8.span, value: value.span, isSensitive: isSensitive)
    }

    /// Adds a field.
    package mutating func append(name: Span<UInt8>, value: Span<UInt8>, isSensitive: Bool = false) {
        let start = bytes.count
        bytes.append(copying: name)
        bytes.append(copying: value)
        finishField(start: start, nameCount: name.count, isSensitive: isSensitive)
    }

    /// The size as SETTINGS_MAX_HEADER_LIST_SIZE counts it: names, values and 32 for each field.
    package var listByteCount: Int { bytes.count + 32 * fields.count }

    /// The fields as text, for logs and tests.
    package var pairs: [(name: String, value: String)] {
        (0..<count).map {
            (
                String(decoding: name(at: $0), as: UTF8.self),
                String(decoding: value(at: $0), as: UTF8.self)
            )
        }
    }

    /// Makes the bytes from `start` to the end a field whose name is the first `nameCount` of them.
    mutating func finishField(start: Int, nameCount: Int, isSensitive: Bool) {
        // Lists are made of header blocks within `headerBlockByteCountMax` or by our own code.
        fields.append(
            Field(
                start: UInt32(start), nameCount: UInt32(nameCount),
                valueCount: UInt32(bytes.count - start - nameCount), isSensitive: isSensitive))
    }

    func nameRange(_ index: Int) -> Range<Int> {
        let field = fields[index]
        return Int(field.start)..<Int(field.start + field.nameCount)
    }

    func valueRange(_ index: Int) -> Range<Int> {
        let field = fields[index]
        let start = Int(field.start + field.nameCount)
        return start..<start + Int(field.valueCount)
    }

    func isEqual(_ range: Range<Int>, _ other: Span<UInt8>) -> Bool {
        bytes.span.extracting(range).hasSameBytes(as: other)
    }
}

extension HTTP2HeaderList: Equatable {
    /// Whether both hold the same fields in the same order.
    package static func == (left: Self, right: Self) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count {
            guard left.name(at: index) == right.name(at: index),
                left.value(at: index) == right.value(at: index)
            else { return false }
        }
        return true
    }
}

extension HTTP2HeaderList {
    /// Adds all fields of `other`.
    package mutating func append(all other: HTTP2HeaderList) {
        for index in 0..<other.count {
            append(
                name: other.bytes.span.extracting(other.nameRange(index)),
                value: other.bytes.span.extracting(other.valueRange(index)),
                isSensitive: other.fields[index].isSensitive)
        }
    }
}
