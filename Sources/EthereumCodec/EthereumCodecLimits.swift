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

    /// Bytes of one JSON text: a request body is at most this long (DESIGN.md section 8).
    package static let jsonByteCountMax = 8 << 20

    /// Nesting of one JSON text. No message of any interface in use is deeper than eight.
    package static let jsonDepthMax = 32

    /// Bytes of one keystore file. Wallets write about 500.
    package static let keystoreByteCountMax = 64 << 10

    /// Nesting of one keystore file: three in the format, and room for members of others.
    package static let keystoreDepthMax = 8
}
