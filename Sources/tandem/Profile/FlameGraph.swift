internal import RISCV

/// The stacks of a profile as rectangles: the width is cycles, the row is depth.
struct FlameGraph {
    /// One rectangle.
    struct Frame {
        /// From the left end, in cycles.
        let start: UInt64
        /// In cycles, those of everything above included.
        let cycles: UInt64
        let ownCycles: UInt64
        /// 0 for the whole program.
        let depth: Int
        /// An index into the profile's functions; negative for the whole program.
        let function: Int
    }

    /// The frames, at most `ProfileLimits.frameCountMax`, each behind the one below it.
    let frames: [Frame]

    /// How many rows there are.
    var rowCount: Int { (frames.map(\.depth).max() ?? 0) + 1 }

    /// The frames of what was charged, but those narrower than a share of the whole.
    init(_ profile: ExecutionProfile, shareMin: Double) {
        let whole = profile.stacks[0].inclusiveCycles
        // Not above 2^62 and not negative.
        let narrowest = max(1, UInt64(Double(whole) * shareMin))
        var children = [[Int]](repeating: [], count: profile.stacks.count)
        for (index, node) in profile.stacks.enumerated()
        where node.parent >= 0 && node.inclusiveCycles >= narrowest {
            children[node.parent].append(index)
        }
        var frames: [Frame] = []
        var waiting: [(node: Int, start: UInt64, depth: Int)] = [(0, 0, 0)]
        while let next = waiting.popLast(), frames.count < ProfileLimits.frameCountMax {
            let node = profile.stacks[next.node]
            frames.append(
                Frame(
                    start: next.start, cycles: node.inclusiveCycles, ownCycles: node.cycles,
                    depth: next.depth, function: node.function))
            // The widest child stands leftmost; the node's own cycles are what is left at the right.
            var start = next.start
            let ordered = children[next.node].sorted { first, second in
                (profile.stacks[second].inclusiveCycles, first)
                    < (profile.stacks[first].inclusiveCycles, second)
            }
            for child in ordered {
                waiting.append((child, start, next.depth + 1))
                start += profile.stacks[child].inclusiveCycles
            }
        }
        self.frames = frames
    }
}
