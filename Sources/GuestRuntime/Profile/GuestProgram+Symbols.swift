package import RISCV

extension GuestProgram {
    /// The functions that a program file names: those of the guest itself, when it comes with a kernel.
    ///
    /// - Throws: `ELFSymbolsError` when there are names and they cannot be read.
    package static func symbols(in file: [UInt8]) throws(ELFSymbolsError) -> ELFSymbols {
        guard ProgramContainer.isContainer(file) else { return try ELFSymbols(parsing: file) }
        // What is wrong with a container is said where the program is checked.
        guard let container = try? ProgramContainer(parsing: file) else { throw .notELF32 }
        return try ELFSymbols(parsing: container.userELF)
    }
}
