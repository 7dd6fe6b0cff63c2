/// The dynamic table of one direction (RFC 7541 sections 2.3.2 and 4): entries and their bytes in two
/// arrays that are used from the front and filled at the back, so that adding and evicting entries
/// allocates nothing once they have grown.
struct HPACKDynamicTable: Sendable {
    private struct Entry {
        var start: Int
        var nameCount: Int
        var valueCount: Int
        var nameHash: UInt32
        var fieldHash: UInt32

        /// RFC 7541 section 4.1.
        var byteCount: Int { nameCount + valueCount + 32 }
    }

    /// Dead entries and bytes kept before the live ones are moved to the front.
    private static let deadEntryCountMax = 128
    private static let deadByteCountMax = 8_192

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    private var firstLive = 0

    /// The size of all live entries.
    private(set) var byteCount = 0

    /// The size above which entries are evicted.
    private(set) var byteCountMax: Int

    /// Changes whenever the table does: a block decoded under the same number means the same again.
    private(set) var generation: UInt64 = 0

    init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
    }

    /// How many entries are live.
    var count: Int { entries.count - firstLive }

    /// Evicts down to the new size.
    mutating func resize(to byteCountMax: Int) {
        generation += 1
        self.byteCountMax = byteCountMax
        evict(downTo: byteCountMax)
    }

    /// Adds the newest entry. One that does not fit by itself empties the table (section 4.4).
    mutating func insert(
        name: Span<UInt8>, value: Span<UInt8>, nameHash: UInt32 = 0, fieldHash: UInt32 = 0
    ) {
        generation += 1
        let size = name.count + value.count + 32
        guard size <= byteCountMax else {
            evict(downTo: 0)
            return
        }
        evict(downTo: byteCountMax - size)
        compactIfWorthwhile()
        entries.append(
            Entry(
                start: bytes.count, nameCount: name.count, valueCount: value.count,
                nameHash: nameHash, fieldHash: fieldHash))
        bytes.append(copying: name)
        bytes.append(copying: value)
        byteCount += size
    }

    /// Appends the name of the entry at `index` (0 is the newest), and its value unless `nameOnly`;
    /// returns the length of the name, nil when there is no such entry.
    func copyEntry(_ index: Int, nameOnly: Bool, to output: inout [UInt8]) -> Int? {
        guard index < count else { return nil }
        let entry = entries[entries.count - 1 - index]
        let end = entry.start + entry.nameCount + (nameOnly ? 0 : entry.valueCount)
        output.append(copying: bytes.span.extracting(entry.start..<end))
        return entry.nameCount
    }

    /// The index (0 is the newest) of this very field.
    func index(hash: UInt32, name: Span<UInt8>, value: Span<UInt8>) -> Int? {
        var place = entries.count
        while place > firstLive {
            place -= 1
            guard entries[place].fieldHash == hash else { continue }
            let (entryName, entryValue) = ranges(place)
            if bytes.span.extracting(entryName).hasSameBytes(as: name),
                bytes.span.extracting(entryValue).hasSameBytes(as: value)
            {
                return entries.count - 1 - place
            }
        }
        return nil
    }

    /// The index (0 is the newest) of the newest entry with this name.
    func nameIndex(hash: UInt32, name: Span<UInt8>) -> Int? {
        var place = entries.count
        while place > firstLive {
            place -= 1
            guard entries[place].nameHash == hash else { continue }
            if bytes.span.extracting(ranges(place).name).hasSameBytes(as: name) {
                return entries.count - 1 - place
            }
        }
        return nil
    }

    private func ranges(_ place: Int) -> (name: Range<Int>, value: Range<Int>) {
        let entry = entries[place]
        let valueStart = entry.start + entry.nameCount
        return (entry.start..<valueStart, valueStart..<valueStart + entry.valueCount)
    }

    private mutating func evict(downTo limit: Int) {
        while byteCount > limit, firstLive < entries.count {
            byteCount -= entries[firstLive].byteCount
            firstLive += 1
        }
        if firstLive == entries.count {
            entries.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
            firstLive = 0
        }
    }

    private mutating func compactIfWorthwhile() {
        guard firstLive > 0 else { return }
        let deadByteCount = entries[firstLive].start
        guard firstLive >= Self.deadEntryCountMax || deadByteCount >= Self.deadByteCountMax else {
            return
        }
        entries.removeFirst(firstLive)
        bytes.removeFirst(deadByteCount)
        firstLive = 0
        for place in entries.indices { entries[place].start -= deadByteCount }
    }
}
