/// The open streams: a slab of them, and a hash table from number to slot. Numbers count up by two, so
/// half the number is a perfect hash until the oldest stream is a whole table behind.
struct StreamTable {
    private var slots: [HTTP2Stream] = []
    private var freeSlots: [Int] = []

    // One more than the slot; 0 is an empty bucket.
    private var buckets: [UInt16]

    /// How many streams are open.
    private(set) var count = 0

    /// A table for `capacity` streams, at most 2^15 - 1.
    init(capacity: Int) {
        precondition(capacity > 0 && capacity < 1 << 15, "a slot fits in 16 bits")
        var bucketCount = 16
        while bucketCount < 2 * capacity { bucketCount *= 2 }
        buckets = [UInt16](repeating: 0, count: bucketCount)
    }

    /// The stream in `slot`.
    subscript(slot: Int) -> HTTP2Stream {
        _read { yield slots[slot] }
        _modify { yield &slots[slot] }
    }

    /// All slots; those of no stream have number 0.
    var slotIndices: Range<Int> { slots.indices }

    /// The slot of stream `id`.
    func find(_ id: UInt32) -> Int? {
        var bucket = home(id)
        while buckets[bucket] != 0 {
            let slot = Int(buckets[bucket]) - 1
            if slots[slot].id == id { return slot }
            bucket = next(bucket)
        }
        return nil
    }

    /// Adds a stream that is not in the table; the caller keeps within the capacity.
    mutating func insert(_ stream: HTTP2Stream) -> Int {
        precondition(count < buckets.count / 2, "more streams than the table was made for")
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
            slots[slot] = stream
        } else {
            slot = slots.count
            slots.append(stream)
        }
        var bucket = home(stream.id)
        while buckets[bucket] != 0 { bucket = next(bucket) }
        buckets[bucket] = UInt16(slot + 1)
        count += 1
        return slot
    }

    /// Removes the stream in `slot` and lets go of its buffers.
    mutating func remove(_ slot: Int) {
        var hole = home(slots[slot].id)
        while Int(buckets[hole]) != slot + 1 { hole = next(hole) }
        slots[slot] = .vacant
        freeSlots.append(slot)
        count -= 1
        // Entries behind the hole move up unless that would put them before their home.
        var bucket = next(hole)
        while buckets[bucket] != 0 {
            let wanted = home(slots[Int(buckets[bucket]) - 1].id)
            if distance(wanted, bucket) >= distance(hole, bucket) {
                buckets[hole] = buckets[bucket]
                hole = bucket
            }
            bucket = next(bucket)
        }
        buckets[hole] = 0
    }

    private func home(_ id: UInt32) -> Int { Int(id >> 1) & (buckets.count - 1) }

    private func next(_ bucket: Int) -> Int { (bucket + 1) & (buckets.count - 1) }

    private func distance(_ from: Int, _ to: Int) -> Int { (to - from) & (buckets.count - 1) }
}

extension HTTP2Stream {
    /// What a slot without a stream holds.
    static var vacant: HTTP2Stream {
        HTTP2Stream(
            id: 0, inbound: .ended, sendWindow: 0,
            receiveWindow: ReceiveWindow(available: 0, target: 0), now: 0)
    }
}
