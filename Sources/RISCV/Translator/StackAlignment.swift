/// Whether a program keeps its stack pointer, x2, a multiple of 4: then no access by way of it has to be
/// tested. That is so when no instruction of the program can change that, whatever leads to it.
enum StackAlignment {
    /// The stack pointer (RISC-V Instruction Set Manual, chapter 25: the standard calling convention).
    static let pointer: UInt8 = 2

    /// Whether x2 stays a multiple of 4 once it is one. O(instructions).
    static func isKept(by code: CodeImage) -> Bool {
        let instructions = code.instructions.span
        for index in instructions.indices {
            let instruction = instructions[index]
            guard instruction.destination == pointer, instruction.operation.writes else { continue }
            if !isKept(by: instruction) { return false }
        }
        return true
    }

    private static func isKept(by instruction: DecodedInstruction) -> Bool {
        switch instruction.operation {
        // Multiples of 4,096, and those after instructions.
        case .lui, .auipc, .jal, .jalr: true
        case .addi: instruction.source1 == pointer && instruction.immediate & 3 == 0
        case .andi: instruction.immediate & 3 == 0
        default: false
        }
    }
}
