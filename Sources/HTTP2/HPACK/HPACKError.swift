/// How a header block was not HPACK (RFC 7541). Each ends the connection with COMPRESSION_ERROR.
package enum HPACKError: Error, Hashable, Sendable {
    /// The block ended inside a field.
    case truncated

    /// An integer larger than anything here can need (section 5.1).
    case integerTooLarge

    /// An index of 0 or past the end of both tables (section 2.3.3).
    case indexOutOfRange

    /// A string that is not the Huffman code, or is padded wrongly (section 5.2).
    case huffman

    /// A table size update above the limit, not at the start, or missing (sections 4.2 and 6.3).
    case tableSizeUpdate
}
