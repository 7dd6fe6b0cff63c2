/// The text of decoded instructions, as assemblers write it: ABI register names, and the pseudo-
/// instructions of The RISC-V Instruction Set Manual, volume I, chapter "Assembly Programmer's
/// Handbook". Targets are absolute addresses; other numbers are decimal.
package enum Disassembler {
    /// The instruction as it reads at `address`, such as `addi a0, a0, -4`.
    package static func text(_ instruction: DecodedInstruction, at address: UInt32) -> String {
        let words = Words(instruction, address)
        switch instruction.operation {
        case .lui, .auipc:
            return "\(words.name) \(words.destination), \(Hexadecimal.short(words.immediate >> 12))"
        case .jal: return words.directJump
        case .jalr: return words.indirectJump
        case .beq, .bne, .blt, .bge, .bltu, .bgeu: return words.branch
        case .lb, .lh, .lw, .lbu, .lhu:
            return "\(words.name) \(words.destination), \(words.signed)(\(words.left))"
        case .sb, .sh, .sw: return "\(words.name) \(words.right), \(words.signed)(\(words.left))"
        case .addi, .slti, .sltiu, .xori, .ori, .andi, .slli, .srli, .srai:
            return words.withImmediate
        case .add, .sub, .sll, .slt, .sltu, .xor, .srl, .sra, .or, .and, .mul, .mulh, .mulhsu,
            .mulhu, .div, .divu, .rem, .remu:
            return words.withRegisters
        case .ecall, .ebreak: return words.name
        case .unimplemented: return words.system
        case .illegal: return ".word \(HexText.word(words.immediate))"
        case .end: return "(nothing)"
        }
    }
}

/// The parts of an instruction, in words.
private struct Words {
    let operation: Operation
    let immediate: UInt32
    let destination: String
    let left: String
    let right: String
    private let address: UInt32
    private let registers: (destination: UInt8, left: UInt8, right: UInt8)

    init(_ instruction: DecodedInstruction, _ address: UInt32) {
        operation = instruction.operation
        immediate = instruction.immediate
        destination = RegisterName.of(instruction.destination)
        left = RegisterName.of(instruction.source1)
        right = RegisterName.of(instruction.source2)
        self.address = address
        registers = (instruction.destination & 31, instruction.source1, instruction.source2)
    }

    /// The mnemonic.
    var name: String { "\(operation)" }

    var signed: Int32 { Int32(bitPattern: immediate) }

    private var target: String { Hexadecimal.short(address &+ immediate) }

    var directJump: String {
        switch registers.destination {
        case 0: "j \(target)"
        case 1: "jal \(target)"
        default: "jal \(destination), \(target)"
        }
    }

    var indirectJump: String {
        let place = immediate == 0 ? left : "\(signed)(\(left))"
        switch (registers.destination, registers.left, immediate) {
        case (0, 1, 0): return "ret"
        case (0, _, _): return "jr \(place)"
        case (1, _, _): return "jalr \(place)"
        default: return "jalr \(destination), \(place)"
        }
    }

    var branch: String {
        switch (operation, registers.left, registers.right) {
        case (.beq, _, 0), (.bne, _, 0), (.blt, _, 0), (.bge, _, 0):
            "\(name)z \(left), \(target)"
        case (.blt, 0, _): "bgtz \(right), \(target)"
        case (.bge, 0, _): "blez \(right), \(target)"
        default: "\(name) \(left), \(right), \(target)"
        }
    }

    var withImmediate: String {
        switch (operation, registers.left, signed) {
        case (.addi, 0, 0) where registers.destination == 0: "nop"
        case (.addi, 0, _): "li \(destination), \(signed)"
        case (.addi, _, 0): "mv \(destination), \(left)"
        case (.xori, _, -1): "not \(destination), \(left)"
        case (.sltiu, _, 1): "seqz \(destination), \(left)"
        default: "\(name) \(destination), \(left), \(signed)"
        }
    }

    var withRegisters: String {
        switch (operation, registers.left, registers.right) {
        case (.sub, 0, _): "neg \(destination), \(right)"
        case (.sltu, 0, _): "snez \(destination), \(right)"
        case (.slt, _, 0): "sltz \(destination), \(left)"
        case (.slt, 0, _): "sgtz \(destination), \(right)"
        default: "\(name) \(destination), \(left), \(right)"
        }
    }

    /// The immediate of an instruction that guests do not have is its word.
    var system: String {
        switch immediate {
        case 0xc000_1073: "unimp"
        case 0x0ff0_000f: "fence"
        case 0x0000_100f: "fence.i"
        case 0x3020_0073: "mret"
        case 0x1050_0073: "wfi"
        default: ".word \(HexText.word(immediate))"
        }
    }
}

/// Numbers as they stand in disassembly.
private enum Hexadecimal {
    /// `0x` and as many digits as the value needs.
    static func short(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }
}
