/// The blocks of a program in an order in which each stands behind those that lead to it, but for ways back,
/// which make loops: those lead to where cycles are charged. It is the reverse of the order in which a search
/// in depth leaves them.
struct BlockOrder {
    /// The numbers of the blocks, the last one first.
    private(set) var reversed: [Int32] = []

    private let graph: BlockGraph

    /// The order of the blocks of `graph`.
    ///
    /// - Parameter marks: those of `BlockMap`. Where ways back lead, cycles are charged: it is marked.
    init(_ graph: BlockGraph, _ marks: inout [UInt8]) {
        self.graph = graph
        var states = [State](repeating: .unseen, count: graph.count)
        reversed.reserveCapacity(graph.count)
        // First from where nobody knows who comes, then whatever that did not reach.
        for isCharged in [true, false] {
            for number in 0..<graph.count where states[number] == .unseen {
                let mark = marks[Int(graph.starts[number])] & BlockMap.Mark.charge
                if (mark != 0) == isCharged { search(from: number, &states, &marks) }
            }
        }
    }

    private enum State: UInt8 {
        case unseen, entered, left
    }

    private mutating func search(
        from root: Int, _ states: inout [State], _ marks: inout [UInt8]
    ) {
        // Blocks, and their ways that were not yet followed. Each block is there once at most.
        var path = [(number: root, next: graph.ways[root].next, target: graph.ways[root].target)]
        states[root] = .entered
        while let last = path.popLast() {
            guard let way = last.next ?? last.target else {
                states[last.number] = .left
                reversed.append(Int32(last.number))
                continue
            }
            path.append((last.number, nil, last.next == nil ? nil : last.target))
            let next = Int(way)
            let start = Int(graph.starts[next])
            if marks[start] & BlockMap.Mark.charge != 0 { continue }
            switch states[next] {
            case .unseen:
                states[next] = .entered
                path.append((next, graph.ways[next].next, graph.ways[next].target))
            case .entered: marks[start] |= BlockMap.Mark.charge
            case .left: break
            }
        }
    }
}
