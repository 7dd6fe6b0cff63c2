/// The blocks of a program in an order in which each stands behind those that lead to it, but for ways back,
/// which make loops: those lead to where cycles are charged. It is the reverse of the order in which a search
/// in depth leaves them.
struct BlockOrder {
    /// The number of the block of each instruction.
    let numbers: [Int32]
    /// The index of the first instruction of each block, and how many instructions there are.
    let starts: [Int32]
    /// The numbers of the blocks, the last one first.
    private(set) var reversed: [Int32] = []

    private let code: CodeImage

    /// The order of the blocks of `code`.
    ///
    /// - Parameter marks: those of `BlockMap`. Where ways back lead, cycles are charged: it is marked.
    init(_ code: CodeImage, _ marks: inout [UInt8]) {
        self.code = code
        var starts: [Int32] = []
        numbers = [Int32](filling: marks.count) { output in
            for index in marks.indices {
                // The first instruction begins a block.
                if marks[index] & BlockMap.Mark.start != 0 { starts.append(Int32(index)) }
                output.append(Int32(starts.count) - 1)
            }
        }
        starts.append(Int32(marks.count))
        self.starts = starts
        search(&marks)
    }

    private enum State: UInt8 {
        case unseen, entered, left
    }

    private mutating func search(_ marks: inout [UInt8]) {
        let count = starts.count - 1
        var states = [State](repeating: .unseen, count: count)
        reversed.reserveCapacity(count)
        // First from where nobody knows who comes, then whatever that did not reach.
        for isCharged in [true, false] {
            for number in 0..<count where states[number] == .unseen {
                let mark = marks[Int(starts[number])] & BlockMap.Mark.charge
                if (mark != 0) == isCharged { search(from: number, &states, &marks) }
            }
        }
    }

    private mutating func search(
        from root: Int, _ states: inout [State], _ marks: inout [UInt8]
    ) {
        // Blocks, and their ways that were not yet followed. Each block is there once at most.
        var path = [(number: root, ways: ways(out: root))]
        states[root] = .entered
        while let last = path.indices.last {
            let ways = path[last].ways
            guard let way = ways.next ?? ways.target else {
                states[path[last].number] = .left
                reversed.append(Int32(path[last].number))
                path.removeLast()
                continue
            }
            path[last].ways = ways.next == nil ? (nil, nil) : (nil, ways.target)
            if marks[way] & BlockMap.Mark.charge != 0 { continue }
            // A way leads to where a block begins.
            let next = Int(numbers[way])
            switch states[next] {
            case .unseen:
                states[next] = .entered
                path.append((next, self.ways(out: next)))
            case .entered: marks[way] |= BlockMap.Mark.charge
            case .left: break
            }
        }
    }

    private func ways(out number: Int) -> (next: Int?, target: Int?) {
        code.ways(behind: Int(starts[number + 1]) - 1)
    }
}
