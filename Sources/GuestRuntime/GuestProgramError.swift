package import RISCV

/// Why a program is refused when it is submitted. The description says what would be right.
package enum GuestProgramError: Error, Hashable, Sendable {
    /// The file is not an executable of the machine's.
    case elf(ELFError)

    /// An R0BF container that RISC Zero v2 would not run either.
    case container(ContainerError)

    /// An R0BF container, a guest of RISC Zero v2 or v3, for another machine.
    case riscZeroContainer

    /// A 64-bit ELF: a guest of SP1 v6.
    case sp1ELF64
}

extension GuestProgramError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .elf(let error): error.description
        case .container(let error): error.description
        case .riscZeroContainer:
            "the program is an R0BF container, a guest of RISC Zero v2 or v3: a 32-bit ELF of SP1 v1 "
                + "to v5 is needed"
        case .sp1ELF64:
            "the program is a 64-bit ELF: guests of SP1 v6 are not supported yet, a 32-bit "
                + "(riscv32im) ELF of SP1 v1 to v5 is needed"
        }
    }
}
