/// How the last few hundred streams ended, so that what still arrives for them is judged rightly.
struct ClosedStreams {
    /// How a stream ended.
    enum Ending {
        /// This side reset it: frames that were under way are ignored (RFC 9113 section 5.1, "closed").
        case resetHere

        /// Both sides ended it, or the peer reset it: frames are an error.
        case closed
    }

    private static let rememberedCount = 256

    // The number shifted up, and whether it was reset here in the low bit; 0 is empty.
    private var entries = [UInt64](repeating: 0, count: Self.rememberedCount)

    /// Remembers `id` in place of the one that is 256 streams older.
    mutating func insert(_ id: UInt32, _ ending: Ending) {
        entries[place(id)] = UInt64(id) << 1 | (ending == .resetHere ? 1 : 0)
    }

    /// How `id` ended; nil when it was never open or has been forgotten.
    func ending(of id: UInt32) -> Ending? {
        let entry = entries[place(id)]
        guard entry >> 1 == UInt64(id) else { return nil }
        return entry & 1 == 1 ? .resetHere : .closed
    }

    /// Whether `id` is too old to be remembered, when `newest` is the highest number in use.
    func hasForgotten(_ id: UInt32, newest: UInt32) -> Bool {
        newest >= id && newest - id >= UInt32(2 * Self.rememberedCount)
    }

    private func place(_ id: UInt32) -> Int { Int(id >> 1) % Self.rememberedCount }
}
