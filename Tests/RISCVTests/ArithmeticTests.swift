import RISCV
import TestSupport
import Testing

/// The edges of every operation on two registers, executed one at a time, against definitions in wide
/// integers (The RISC-V Instruction Set Manual, volume I).
@Suite struct ArithmeticTests {
    private static let edges: [UInt32] = [
        0, 1, 2, 3, 5, 31, 32, 33, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fff_fffe,
        0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ff80, 0xffff_fffd, 0xffff_fffe, 0xffff_ffff,
    ]

    @Test func everyOperationAtItsEdges() throws {
        for (function7, function3) in [(0, 8), (1, 8), (0x20, 0)] as [(UInt32, UInt32)] {
            let functions = function3 == 8 ? Array(0..<8 as Range<UInt32>) : [0, 5]
            for function in functions {
                let word = Assembler.register(function7, function, 3, 1, 2)
                for left in Self.edges {
                    let results = try run(word, left)
                    let expected = Self.edges.map { right in
                        Self.expected(function7, function, Int64(left), Int64(right))
                    }
                    #expect(results == expected, "\(function7) \(function) \(left)")
                }
            }
        }
    }

    /// The results of one instruction for each right operand.
    private func run(_ word: UInt32, _ left: UInt32) throws -> [UInt32] {
        var text = Assembler.li(1, left) + Assembler.li(31, 0x0030_0000)
        for (index, right) in Self.edges.enumerated() {
            text += Assembler.li(2, right) + [word, Assembler.store(2, 3, Int32(index) * 4, 31)]
        }
        let image = try ELFImage(
            parsing: ELFBuilder(text: text + [Assembler.ebreak]).file(), rules: .sp1)
        let code = try CodeImage(image, model: .uniform, rules: .sp1)
        var machine = try Machine(
            image: image, code: code, rules: .sp1, memoryByteCountMax: 1 << 20, cycleLimit: 10_000,
            reservation: GuestReservation())
        #expect(machine.run() == .fault(.breakpoint))
        let bytes = try machine.memory.read(0x0030_0000, byteCount: UInt64(Self.edges.count * 4))
        return stride(from: 0, to: bytes.count, by: 4).map { offset in
            (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (UInt32($1) * 8) }
        }
    }

    /// What the manual says, in 64 bits or more. The operands are unsigned.
    private static func expected(
        _ function7: UInt32, _ function3: UInt32, _ left: Int64, _ right: Int64
    ) -> UInt32 {
        let signedLeft = left < 1 << 31 ? left : left - (1 << 32)
        let signedRight = right < 1 << 31 ? right : right - (1 << 32)
        let count = right % 32
        let value: Int64
        switch (function7, function3) {
        case (0, 0): value = left + right
        case (0x20, 0): value = left - right
        case (0, 1): value = left << count
        case (0, 2): value = signedLeft < signedRight ? 1 : 0
        case (0, 3): value = left < right ? 1 : 0
        case (0, 4): value = left ^ right
        case (0, 5): value = left >> count
        case (0x20, 5): value = signedLeft >> count
        case (0, 6): value = left | right
        case (0, 7): value = left & right
        case (1, 0): value = Int64(truncatingIfNeeded: UInt64(left) &* UInt64(right))
        case (1, 1): value = (signedLeft * signedRight) >> 32
        case (1, 2): value = Int64((Int128(signedLeft) * Int128(right)) >> 32)
        case (1, 3): value = Int64((UInt64(left) * UInt64(right)) >> 32)
        case (1, 4): value = right == 0 ? -1 : signedLeft / signedRight
        case (1, 5): value = right == 0 ? -1 : left / right
        case (1, 6): value = right == 0 ? signedLeft : signedLeft % signedRight
        default: value = right == 0 ? left : left % right
        }
        return UInt32(truncatingIfNeeded: value)
    }
}
