/// What a run does, by looking at it now and then: at what follows the ends of slices of irregular
/// length. Nothing of what the guest can see depends on it.
struct RunSampler {
    /// How many paths make a picture.
    private static let pathCountMax = 64
    /// The cycles between two looks, at least: a look costs as much as some ten thousand instructions.
    private static let intervalMin: Int64 = 65_536
    /// How many instructions a run executes in the time that one is translated in, generously. A first
    /// picture is taken when as much time has passed as translating again takes.
    private static let translationCost: Int64 = 800
    /// How much longer each picture takes than the one before, which may have shown how a run begins.
    private static let growth: Int64 = 16
    /// More than one: code that is given as little as it can be runs as well, not only what is looked at.
    private static let slicesPerLook = 2...64 as ClosedRange<Int64>

    /// The cycles of a slice, at most.
    private let slice: Int64
    private let slicesPerLook: Int64
    /// How many slices end before the next look.
    private var slicesLeft: Int64
    /// What was seen so far.
    private(set) var picture = RunPicture()
    /// What the run does since the last look, while that is looked at.
    private var path: RunPath?
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// - Parameters:
    ///   - instructionCount: that of the program.
    ///   - pictureCount: how many pictures of the program were taken before.
    init(instructionCount: Int, pictureCount: Int) {
        let (whole, range) = (CycleBudget.sliceCyclesMax, Self.slicesPerLook)
        let translating = Int64(instructionCount) * Self.translationCost
        var interval = max(translating / Int64(Self.pathCountMax), Self.intervalMin)
        var picturesLeft = pictureCount
        while picturesLeft > 0, interval < whole * range.upperBound {
            interval *= Self.growth
            picturesLeft -= 1
        }
        slicesPerLook = min(max(interval / whole, range.lowerBound), range.upperBound)
        slicesLeft = slicesPerLook
        slice = min(interval / slicesPerLook, whole)
    }

    /// The cycles of the next slice: between half of the most and the most.
    mutating func nextSlice() -> Int64 {
        // xorshift64: any irregular sequence does.
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        // Of the irregular numbers below 2^64, as much as the slice's half is of 2^64.
        let half = UInt64(slice / 2)
        return Int64(half + half.multipliedFullWidth(by: state).high)
    }

    /// A slice has ended: what the run does next may be looked at.
    mutating func sliceEnded() {
        slicesLeft -= 1
        guard slicesLeft == 0 else { return }
        slicesLeft = slicesPerLook
        path = RunPath()
    }

    /// Whether what the run does is looked at, so that the interpreter is to execute the next block.
    var isLooking: Bool { path != nil }

    /// The run is at the instruction at `index`. Returns whether the picture is complete.
    mutating func arrive(at index: Int, _ code: CompiledCode) -> Bool {
        // Taken out, not copied.
        guard var path = path.take() else { return false }
        guard path.arrive(at: index, code.code, code.translation) else {
            self.path = path
            return false
        }
        picture.add(path, code.code, code.translation.marks)
        return picture.pathCount == Self.pathCountMax
    }
}
