/// Whether a program keeps its stack pointer, x2, a multiple of 4: then no access by way of it has to be
/// tested. Most instructions that write it cannot misalign it, whatever leads to them. Of the others some
/// are tested where they stand: where they would misalign it the code is left before, and not entered as
/// long as it is misaligned. So it is a multiple of 4 wherever the code is executed.
enum StackAlignment {
    /// The stack pointer (RISC-V Instruction Set Manual, chapter 25: the standard calling convention).
    static let pointer: UInt8 = 2

    /// What an instruction that writes x2 does to it.
    enum Effect {
        /// It leaves a multiple of 4 behind, or does when there was one before.
        case keeps
        /// It may misalign it: compilers restore the stack pointer so, make room for large frames, and set it
        /// at the start of a program.
        case isTested
        /// No compiler writes the stack pointer so: it is not one, and testing all accesses costs less.
        case isUnusual
    }

    /// Whether the code is to be written so that x2 stays a multiple of 4 once it is one. O(instructions).
    static func isKept(by code: CodeImage) -> Bool {
        let instructions = code.instructions.span
        for index in instructions.indices {
            let instruction = instructions[index]
            guard instruction.destination == pointer, instruction.operation.writes else { continue }
            if effect(of: instruction) == .isUnusual { return false }
        }
        return true
    }

    /// The effect of an instruction that writes x2.
    static func effect(of instruction: DecodedInstruction) -> Effect {
        let isWhole = instruction.immediate & 3 == 0
        return switch instruction.operation {
        // Multiples of 4,096, and those after instructions.
        case .lui, .auipc, .jal, .jalr: .keeps
        case .andi where isWhole: .keeps
        case .slli where instruction.immediate & 31 >= 2: .keeps
        case .addi where isWhole: instruction.source1 == pointer ? .keeps : .isTested
        case .add, .sub, .lw: .isTested
        default: .isUnusual
        }
    }
}

extension DecodedInstruction {
    /// Whether the instruction writes x2: the code may be left before it.
    var writesStackPointer: Bool { destination == StackAlignment.pointer && operation.writes }
}
