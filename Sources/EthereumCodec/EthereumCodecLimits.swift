/// The bounds of everything this module reads. A caller may pass a smaller one, never none.
package enum EthereumCodecLimits {
    /// Bytes of one ABI encoding. A request body has at most 8 MiB (DESIGN.md section 8); a result that
    /// the node reads back from the chain or a guest may be twice that.
    package static let abiByteCountMax = 16 << 20

    /// Elements of one ABI array. Blob hashes are the only arrays, and a block holds a handful.
    package static let abiArrayCountMax = 4096
}
