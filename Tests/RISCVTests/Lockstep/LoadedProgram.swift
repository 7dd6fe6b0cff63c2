import RISCV
import TestSupport

/// A program that was loaded once, for any number of machines.
struct LoadedProgram {
    let name: String
    let setup: MachineSetup
    let image: ELFImage
    let code: CodeImage
    let windows: MemoryWindows
    private let compilation: Compilation

    /// Translates when it is first needed, and once.
    private final class Compilation {
        lazy var compiled = compile()
        private let compile: () -> CompiledProgram?

        init(_ compile: @escaping () -> CompiledProgram?) { self.compile = compile }
    }

    /// The program's translation; nil where it can't run.
    var compiled: CompiledProgram? { compilation.compiled }

    /// x0 to x31 before the first instruction; those that are not here are zero.
    let registers: [UInt32]

    /// - Throws: `ELFError` when the rules refuse the program.
    init(_ program: TestProgram, _ setup: MachineSetup) throws {
        try self.init(
            elf: program.elf(), setup, name: program.name, registers: program.registers)
    }

    /// - Throws: `ELFError` when the rules refuse the file.
    init(
        elf: [UInt8], _ setup: MachineSetup, name: String = "ELF", registers: [UInt32] = []
    ) throws {
        self.name = name
        self.setup = setup
        self.registers = registers
        image = try ELFImage(parsing: elf, rules: setup.rules)
        code = try CodeImage(image, model: setup.model, rules: setup.rules)
        windows = MemoryWindows(image, registers, setup.rules)
        let (code, image) = (code, image)
        compilation = Compilation {
            CompiledProgram.compile(code, image: image, rules: setup.rules)
        }
    }
}
