/// The blocks of a program in an order in which each stands behind those that lead to it, but for ways back,
/// which make loops: those lead to where cycles are charged. It is the reverse of the order in which a search
/// in depth leaves them.
struct BlockOrder {
    /// The numbers of the blocks, the last one first.
    let reversed: [Int32]

    /// The order of the blocks of `graph`.
    ///
    /// - Parameter marks: those of `BlockMap`. Where ways back lead, cycles are charged: it is marked.
    init(_ graph: BlockGraph, _ marks: inout [UInt8]) {
        let starts = graph.blocks.starts.span
        let ways = graph.ways.span
        var states = [State](filling: graph.count) { output in
            for number in 0..<graph.count {
                let isCharged = marks[Int(starts[number])] & BlockMap.Mark.charge != 0
                output.append(isCharged ? .charged : .unseen)
            }
        }
        reversed = [Int32](filling: graph.count) { output in
            var path = OwnedList<Step>(capacity: 1024)
            var marks = marks.mutableSpan
            var seen = states.mutableSpan
            // First from where nobody knows who comes, then whatever that did not reach.
            for number in 0..<graph.count where seen[number] == .charged {
                Self.search(from: number, ways, starts, &path, &seen, &marks, &output)
            }
            for number in 0..<graph.count where seen[number] == .unseen {
                Self.search(from: number, ways, starts, &path, &seen, &marks, &output)
            }
        }
    }

    private enum State: UInt8 {
        /// Not seen, and cycles are charged there: no way is followed there.
        case charged
        case unseen, entered, left
    }

    /// A block that was entered and not yet left, and its ways that were not yet followed.
    private struct Step {
        let number: Int32
        var next: Int32
        var target: Int32

        init(_ number: Int, _ ways: BlockGraph.Ways) {
            self.number = Int32(truncatingIfNeeded: number)
            (next, target) = (ways.next, ways.target)
        }
    }

    /// - Parameters:
    ///   - path: the blocks that led to the one at hand, each once at most. Empty before and after.
    ///   - reversed: where the numbers of the blocks go that were left.
    private static func search(
        from root: Int, _ ways: Span<BlockGraph.Ways>, _ starts: Span<Int32>,
        _ path: inout OwnedList<Step>, _ states: inout MutableSpan<State>,
        _ marks: inout MutableSpan<UInt8>, _ reversed: inout OutputSpan<Int32>
    ) {
        var step = Step(root, ways[root])
        states[root] = .entered
        while true {
            let way = Int(step.next >= 0 ? step.next : step.target)
            if way < 0 {
                states[Int(step.number)] = .left
                reversed.append(step.number)
                guard let last = path.popLast() else { return }
                step = last
                continue
            }
            if step.next < 0 { step.target = -1 }
            step.next = -1
            switch states[way] {
            case .unseen:
                states[way] = .entered
                path.append(step)
                step = Step(way, ways[way])
            case .entered: marks[Int(starts[way])] |= BlockMap.Mark.charge
            case .charged, .left: break
            }
        }
    }
}
