import RISCV
import TestSupport
import Testing

@Suite struct DecoderTests {
    /// What the assembler puts together field by field comes apart into the same fields.
    @Test func offsetsComeBack() {
        for offset in stride(from: Int32(-4096), to: 4096, by: 2) {
            let branch = Decoder.decode(Assembler.branch(1, 3, 4, offset))
            #expect(branch.operation == .bne && branch.source1 == 3 && branch.source2 == 4)
            #expect(branch.immediate == UInt32(bitPattern: offset))
        }
        for offset in stride(from: Int32(-1 << 20), to: 1 << 20, by: 1022) {
            let jump = Decoder.decode(Assembler.jal(1, offset))
            #expect(jump.operation == .jal && jump.destination == 1)
            #expect(jump.immediate == UInt32(bitPattern: offset))
        }
        for offset in Int32(-2048)..<2048 {
            let store = Decoder.decode(Assembler.store(2, 7, offset, 8))
            #expect(store.operation == .sw && store.source1 == 8 && store.source2 == 7)
            #expect(store.immediate == UInt32(bitPattern: offset))
            #expect(Decoder.decode(Assembler.addi(9, 8, offset)).immediate == store.immediate)
        }
    }

    @Test func aDestinationOfZeroIsTheSink() {
        #expect(Decoder.decode(Assembler.addi(0, 1, 1)).destination == 32)
        #expect(Decoder.decode(Assembler.addi(31, 1, 1)).destination == 31)
    }

    /// Every function field that no instruction of RV32IM has.
    @Test func wordsThatAreNoInstructionsAreIllegal() {
        let illegal: [UInt32] = [
            0, 0xffff_ffff, 0x0000_0001, 0x0000_8082,
            Assembler.immediate(0x03, 3, 1, 2, 0), Assembler.immediate(0x03, 6, 1, 2, 0),
            Assembler.immediate(0x03, 7, 1, 2, 0), Assembler.store(3, 1, 0, 2),
            Assembler.branch(2, 1, 2, 8), Assembler.branch(3, 1, 2, 8),
            Assembler.immediate(0x67, 1, 1, 2, 0), Assembler.immediate(0x0f, 2, 0, 0, 0),
            Assembler.immediate(0x13, 1, 1, 2, 32), Assembler.immediate(0x13, 5, 1, 2, 64),
            Assembler.immediate(0x13, 5, 1, 2, 0x420), Assembler.register(2, 0, 1, 2, 3),
            Assembler.register(0x20, 1, 1, 2, 3), Assembler.register(0x21, 0, 1, 2, 3),
            0x0000_0173, 0x0000_4073, 0x0020_0073,
        ]
        for word in illegal { #expect(Decoder.decode(word).operation == .illegal) }
        // FENCE, FENCE.I, WFI, MRET, CSRRW and the word of `unimp`.
        for word: UInt32 in [
            0x0ff0_000f, 0x100f, 0x1050_0073, 0x3020_0073, 0x3400_1073, 0xc000_1073,
        ] {
            #expect(Decoder.decode(word).operation == .unimplemented)
        }
    }
}
