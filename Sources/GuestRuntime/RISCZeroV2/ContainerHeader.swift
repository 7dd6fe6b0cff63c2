import Bytes

/// The header of an R0BF file: entries in postcard's encoding, of which one has to say which calls the
/// kernel answers. Entries of other kinds are for other readers, and are skipped.
enum ContainerHeader {
    /// Throws unless the header names the calls of RISC Zero v1, version 1.
    static func check(_ header: [UInt8]) throws(ContainerError) {
        var reader = ByteReader(header.span)
        guard let count = reader.readUInt32()?.byteSwapped else {
            throw .truncated(part: "header")
        }
        guard count <= GuestRuntimeLimits.containerEntryCountMax else {
            throw .tooManyEntries(count)
        }
        var abiCount = 0
        for _ in 0..<count {
            guard let byteCount = reader.readUInt32()?.byteSwapped,
                let entry = reader.readBytes(Int(byteCount))
            else { throw .truncated(part: "header") }
            // The first byte is the entry's kind; 0 is the version of the calls.
            guard entry.first == 0 else { continue }
            try checkVersion(entry.dropFirst())
            abiCount += 1
        }
        guard reader.isAtEnd else { throw .bytesBehindHeader(count: reader.remainingCount) }
        guard abiCount == 1 else { throw .versionEntries(count: abiCount) }
    }

    /// A kind in one byte, 0 for those of RISC Zero v1; then the version as text behind its length.
    private static func checkVersion(_ entry: ArraySlice<UInt8>) throws(ContainerError) {
        guard entry.count >= 2, let kind = entry.first else { throw .malformedVersion }
        guard kind == 0 else { throw .unknownABI(kind) }
        let text = entry.dropFirst(2)
        guard Int(entry[entry.startIndex + 1]) == text.count, text.count < 128 else {
            throw .malformedVersion
        }
        guard let major = major(text) else { throw .malformedVersion }
        guard major == "1" else {
            throw .unknownABIVersion(String(decoding: text, as: UTF8.self))
        }
    }

    /// The first of three decimal numbers; nil when that is not what the text is.
    private static func major(_ text: ArraySlice<UInt8>) -> String? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        for part in parts {
            guard let first = part.first, first != UInt8(ascii: "0") || part.count == 1,
                part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
        }
        return String(decoding: parts[0], as: UTF8.self)
    }
}
