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
        // A block, and how many of its ways were followed. Each block is there once at most.
        var path: [(number: Int, wayCount: Int)] = [(root, 0)]
        states[root] = .entered
        while let (number, wayCount) = path.last {
            guard wayCount < 2 else {
                states[number] = .left
                reversed.append(Int32(number))
                path.removeLast()
                continue
            }
            path[path.count - 1].wayCount += 1
            guard let next = wayCount == 0 ? nextInOrder(number) : target(number),
                marks[Int(starts[next])] & BlockMap.Mark.charge == 0
            else { continue }
            switch states[next] {
            case .unseen:
                states[next] = .entered
                path.append((next, 0))
            case .entered: marks[Int(starts[next])] |= BlockMap.Mark.charge
            case .left: break
            }
        }
    }

    /// The block behind this one, where code may go on there.
    private func nextInOrder(_ number: Int) -> Int? {
        let last = code.instructions[Int(starts[number + 1]) - 1]
        return last.operation.mayFallThrough && number + 2 < starts.count ? number + 1 : nil
    }

    /// The block that a jump at the end of this one leads to. What calls lead to is charged.
    private func target(_ number: Int) -> Int? {
        let last = Int(starts[number + 1]) - 1
        let jump = code.instructions[last]
        guard jump.operation.isDirectJump, !jump.isCall, let distance = jump.jumpDistance,
            numbers.indices.contains(last + distance)
        else { return nil }
        return Int(numbers[last + distance])
    }
}
