/// Thirty-two bytes: a digest, a state root, or any other `bytes32`.
public struct Hash32: Equatable, Sendable, GuestBytes {
    /// The bytes as eight words in the order of the bytes; each word is in memory order, which lets
    /// the comparison and the copies go word by word.
    private var words: InlineArray<8, UInt32>

    init(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        words = InlineArray(repeating: 0)
        withUnsafeMutableBytes(of: &words) { bytes in
            fill(bytes.assumingMemoryBound(to: UInt8.self).baseAddress.unsafelyUnwrapped)
        }
    }

    /// All bytes zero.
    public static var zero: Hash32 { Hash32(filledBy: { _ in }) }

    /// The value of exactly 32 bytes; nil for any other number.
    public init?(_ bytes: some GuestBytes) {
        let copied: Hash32? = bytes.withBytes { source in
            guard source.count == 32 else { return nil }
            return Hash32 {
                UnsafeMutableRawBufferPointer(start: $0, count: 32).copyMemory(from: source)
            }
        }
        guard let copied else { return nil }
        self = copied
    }

    public static func == (left: Hash32, right: Hash32) -> Bool {
        for index in 0..<8 where left.words[index] != right.words[index] { return false }
        return true
    }

    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: words, body)
    }
}
