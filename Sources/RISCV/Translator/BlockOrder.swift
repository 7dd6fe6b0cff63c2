/// The blocks of a program in an order in which each stands behind those that lead to it, but for ways back,
/// which make loops: those lead to where cycles are charged. It is the reverse of the order in which a search
/// in depth leaves them.
struct BlockOrder {
    /// The numbers of the blocks, the last one first.
    private(set) var reversed: [Int32] = []

    /// The order of the blocks of `graph`.
    ///
    /// - Parameter marks: those of `BlockMap`. Where ways back lead, cycles are charged: it is marked.
    init(_ graph: BlockGraph, _ marks: inout [UInt8]) {
        var states = [State](repeating: .unseen, count: graph.count)
        var path: [Step] = []
        path.reserveCapacity(graph.count)
        reversed.reserveCapacity(graph.count)
        // First from where nobody knows who comes, then whatever that did not reach.
        for isCharged in [true, false] {
            for number in 0..<graph.count where states[number] == .unseen {
                let mark = marks[Int(graph.starts[number])] & BlockMap.Mark.charge
                if (mark != 0) == isCharged {
                    search(from: Int32(number), graph, &path, &states, &marks)
                }
            }
        }
    }

    private enum State: UInt8 {
        case unseen, entered, left
    }

    /// A block that was entered and not yet left, and its ways that were not yet followed.
    private typealias Step = (number: Int32, next: Int32?, target: Int32?)

    /// - Parameter path: empty, before and after.
    private mutating func search(
        from root: Int32, _ graph: BlockGraph, _ path: inout [Step], _ states: inout [State],
        _ marks: inout [UInt8]
    ) {
        let (starts, ways) = (graph.starts.span, graph.ways.span)
        // Each block is there once at most.
        path.append((root, ways[Int(root)].next, ways[Int(root)].target))
        states[Int(root)] = .entered
        while let last = path.indices.last {
            let step = path[last]
            guard let way = step.next ?? step.target else {
                states[Int(step.number)] = .left
                reversed.append(step.number)
                path.removeLast()
                continue
            }
            path[last] = (step.number, nil, step.next == nil ? nil : step.target)
            let start = Int(starts[Int(way)])
            if marks[start] & BlockMap.Mark.charge != 0 { continue }
            switch states[Int(way)] {
            case .unseen:
                states[Int(way)] = .entered
                path.append((way, ways[Int(way)].next, ways[Int(way)].target))
            case .entered: marks[start] |= BlockMap.Mark.charge
            case .left: break
            }
        }
    }
}
