import CTandem

/// SHA-256 by the machine's precompile.
public enum SHA256 {
    /// The digest of these bytes.
    public static func hash(_ bytes: some GuestBytes) -> Hash32 {
        bytes.withBytes { source in
            Hash32 { tandem_sha256(source.baseAddress, source.count, $0) }
        }
    }
}

/// Keccak-256 as Ethereum uses it, by the machine's precompile where it has one.
public enum Keccak256 {
    /// The digest of these bytes.
    public static func hash(_ bytes: some GuestBytes) -> Hash32 {
        bytes.withBytes { source in
            Hash32 { tandem_keccak256(source.baseAddress, source.count, $0) }
        }
    }
}
