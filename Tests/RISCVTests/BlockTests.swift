import Bytes
import TestSupport
import Testing

@testable import RISCV

/// What the translator finds out about blocks with few looks, compared with what the definitions say.
@Suite struct BlockTests {
    @Test(arguments: 0..<200) func startsAreThoseOfTheMarks(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let marks = random.bytes(count)
        for mark in [BlockMap.Mark.start, BlockMap.Mark.entry, BlockMap.Mark.unneeded] {
            var found: [Int] = []
            BlockStarts(marks.span, having: mark).forEach { found.append($0) }
            #expect(found == marks.indices.filter { marks[$0] & mark == mark })
        }
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
        #expect(BlockMap.jumpsBack(code) == blocks.jumpsBack)
        let depths = LoopDepths(code, jumpsBack: blocks.jumpsBack)
            .of(indices.count) { $0 }
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
        let numbered = Blocks(blocks.starts, instructionCount: code.instructions.count - 1)
        let graph = BlockGraph(code, numbered)
        #expect(numbered.range(graph.count - 1).upperBound == code.instructions.count - 1)
        for number in 0..<graph.count {
            let range = numbered.range(number)
            #expect(range.allSatisfy { numbered.of($0) == number })
            let (ways, last) = (graph.ways[number], range.upperBound - 1)
            let indices = code.ways(behind: last)
            #expect(ways.next == Int32(indices.next.map { numbered.of($0) } ?? -1))
            if code.instructions[last].isCall { continue }
            #expect(ways.target == Int32(indices.target.map { numbered.of($0) } ?? -1))
            #expect(
                indices.target.map { numbered.range(numbered.of($0)).lowerBound } == indices.target)
        }
    }
}
