internal import Bytes
internal import EthCrypto

/// Tells this build of the program from others.
enum BuildIdentity {
    /// The largest executable that is hashed, in bytes.
    private static let byteCountMax = 1 << 30

    /// The SHA-256 of the executable that runs; nil when it cannot be read. Times and version numbers
    /// would not do: a build may set the one to a constant, and the next forget the other.
    static func compute() -> [UInt8]? {
        do {
            let bytes = try BoundedFile.read("/proc/self/exe", byteCountMax: byteCountMax)
            return SHA256.hash(bytes).bytes
        } catch {
            return nil
        }
    }
}
