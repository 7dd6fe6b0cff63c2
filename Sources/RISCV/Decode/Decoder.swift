/// Takes RV32IM instruction words apart (The RISC-V Instruction Set Manual, volume I, chapters 2 and
/// 7), by a table: nobody foresees what the next word is, so nothing is asked with jumps.
package struct Decoder: Sendable {
    /// What the operation of a word says about its other bits.
    private struct Form {
        let operation: Operation
        let layout: InstructionFormat.Layout
    }

    /// The form of each word that ends in 11: by `index(of:)`.
    private let forms: [Form]

    /// The decoder of RV32IM.
    package static let standard = Decoder()

    /// The instruction of `word`. Every word has an answer: `.illegal` is one.
    package static func decode(_ word: UInt32) -> DecodedInstruction { standard.decode(word) }

    private init() {
        var forms = [Form](
            repeating: Form(operation: .illegal, layout: InstructionFormat.whole.layout),
            count: 4 << 8)
        for row in OpcodeTable.rows {
            let layout = row.format.layout
            for variant in row.variants {
                for function3 in row.functions3 {
                    let index = variant << 8 | Int(row.opcode & 0x7c) << 1 | function3
                    forms[index] = Form(operation: row.operation, layout: layout)
                }
            }
        }
        self.forms = forms
    }

    /// The instruction of `word`.
    @inline(__always)
    func decode(_ word: UInt32) -> DecodedInstruction {
        let form = forms[Self.index(of: word)]
        // Seldom, so that it is foreseen.
        guard word & 3 == 3, form.operation != .illegal else { return Self.rare(word) }
        return DecodedInstruction(form.operation, word, form.layout)
    }

    /// Bits 6 to 2 of the opcode, funct3, and which of the values of funct7 it is that mean something: 0, 1,
    /// 0x20 or any other.
    @inline(__always)
    private static func index(of word: UInt32) -> Int {
        let function7 = word >> 25
        let variant: UInt32 = function7 < 2 ? function7 : function7 == 0x20 ? 2 : 3
        let opcode = word & 0x7c
        let function3 = word >> 12 & 7
        return Int(variant << 8 | opcode << 1 | function3)
    }

    /// What the whole word decides: the calls to the environment, and what is no instruction.
    @inline(never)
    private static func rare(_ word: UInt32) -> DecodedInstruction {
        let operation: Operation =
            switch word {
            case 0x0000_0073: .ecall
            case 0x0010_0073: .ebreak
            // MRET, WFI.
            case 0x3020_0073, 0x1050_0073: .unimplemented
            default: .illegal
            }
        return DecodedInstruction(operation, word, InstructionFormat.whole.layout)
    }
}
