import Bytes
import TestSupport
import Testing

@testable import RISCV

/// What the translator finds out about blocks with few looks, compared with what the definitions say.
@Suite struct BlockTests {
    @Test(arguments: 0..<200) func startsAreThoseOfTheMarks(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let marks = random.bytes(count)
        var found: [Int] = []
        BlockStarts(marks).forEach { found.append($0) }
        #expect(found == marks.indices.filter { marks[$0] & BlockMap.Mark.start != 0 })
    }

    /// Random jumps, most of them back, among instructions that do nothing.
    private func jumps(_ seed: UInt64) throws -> CodeImage {
        var random = SeededRandom(seed: seed)
        let count = Int.random(in: 1...400, using: &random)
        var bytes: [UInt8] = []
        for _ in 0..<count {
            // Also to where no instruction is, and between two.
            let offset = Int32.random(in: -400...100, using: &random) * 2
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.append(littleEndian: Assembler.jal(0, offset))
            case 1: bytes.append(littleEndian: Assembler.jal(1, offset))
            case 2: bytes.append(littleEndian: Assembler.branch(1, 3, 4, offset))
            default: bytes.append(littleEndian: Assembler.addi(5, 5, 1))
            }
        }
        let image = ELFImage(
            entry: 0x1000, chunks: [.init(address: 0x1000, bytes: bytes)],
            text: 0x1000..<0x1000 + UInt32(bytes.count))
        return try CodeImage(image, model: .uniform, rules: .riscZero)
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func depthsAreCountsOfJumpsBack(seed: UInt64) throws
    {
        let code = try jumps(seed)
        let indices = 0..<code.instructions.count - 1
        let blocks = BlockMap(code, image: nil)
        let depths = LoopDepths(code, jumpsBack: blocks.jumpsBack).of(indices)
        let loops = indices.compactMap { last -> ClosedRange<Int>? in
            let jump = code.instructions[last]
            guard jump.operation.isDirectJump, !jump.isCall, let distance = jump.jumpDistance,
                distance <= 0, last + distance >= 0
            else { return nil }
            return last + distance...last
        }
        for index in indices {
            let count = loops.count { $0.contains(index) }
            #expect(Int(depths[index]) == min(count, LoopDepths.depthMax))
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func waysAreThoseOfTheInstructions(seed: UInt64)
        throws
    {
        let code = try jumps(seed)
        let blocks = BlockMap(code, image: nil)
        let graph = BlockGraph(code, blocks.starts)
        #expect(Int(graph.starts[graph.count]) == code.instructions.count - 1)
        for number in 0..<graph.count {
            let last = graph.range(number).upperBound - 1
            let (ways, indices) = (graph.ways[number], code.ways(behind: last))
            #expect(ways.next.map { Int(graph.starts[Int($0)]) } == indices.next)
            if code.instructions[last].isCall { continue }
            #expect(ways.target.map { Int(graph.starts[Int($0)]) } == indices.target)
        }
    }
}
