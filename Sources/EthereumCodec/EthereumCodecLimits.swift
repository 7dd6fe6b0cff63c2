/// The bounds of everything this module reads. A caller may pass a smaller one, never none.
package enum EthereumCodecLimits {
    /// Bytes of one ABI encoding. A request body has at most 8 MiB (DESIGN.md section 8); a result that
    /// the node reads back from the chain or a guest may be twice that.
    package static let abiByteCountMax = 16 << 20

    /// Elements of one ABI array. Blob hashes are the only arrays, and a block holds a handful.
    package static let abiArrayCountMax = 4096

    /// Bytes of one raw transaction. Nodes of the network pass on at most 128 KiB, blobs aside.
    package static let transactionByteCountMax = 1 << 20

    /// Entries of an access list, and storage keys of one entry.
    package static let accessListCountMax = 4096

    /// Characters of a revert reason that a message or log line shows.
    package static let revertTextCountMax = 1024
}
