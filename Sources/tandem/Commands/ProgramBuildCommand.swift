internal import ArgumentParser
internal import Bytes
internal import GuestRuntime

/// `tandem program build`: sources in, an ELF out that a node will take.
struct ProgramBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compile a program in C or Swift for SP1 or RISC Zero.",
        discussion: """
            Takes .c, .S and .swift files, or directories of them. C programs include "tandem.h" and
            define `int main(void)`; Swift programs `import Tandem`. The Swift toolchain on PATH does
            the work. Sources/Programs/README.md shows how to write one.
            """)

    @Option(help: "The machine: sp1 or risc0. (default: sp1)", transform: Self.machine)
    var vm: GuestVM = .sp1

    @Option(name: .shortAndLong, help: "Where the ELF goes. (default: NAME.VM.elf)")
    var output: String?

    @Option(help: "The guest SDK; also TANDEM_SDK. (default: found from the executable upwards)")
    var sdk: String?

    @Flag(
        name: .customLong("no-precompiles"),
        help: "Hash in the program itself, for a machine without the hash calls.")
    var withoutPrecompiles = false

    @Flag(
        help: """
            Keep the names of functions, for `tandem exec --profile`. The program is the same; under SP1 \
            its id is another.
            """)
    var symbols = false

    @OptionGroup var answer: OutputOptions

    @Argument(help: "The program's sources.")
    var sources: [String]

    func run() throws {
        let files = try GuestSources(sources)
        var builder = try GuestBuilder(
            vm: vm, sdk: GuestSDK(explicit: sdk), toolchain: GuestToolchain(),
            usesPrecompiles: !withoutPrecompiles, keepsSymbols: symbols)
        let product = try builder.build(files)
        let path = output ?? defaultOutput
        try LocalFiles.write(product.elf, to: path)
        answer.print([
            OutputField("elf", path),
            OutputField("vm", vm.name),
            OutputField("program_id", product.program.computedID.description),
            OutputField("bytes", UInt64(product.elf.count)),
        ])
    }

    /// The first source's name, without directory and ending, in the current directory.
    private var defaultOutput: String {
        let name = sources.first?.split(separator: "/").last ?? "program"
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
        return "\(stem.isEmpty ? "program" : stem).\(vm.name).elf"
    }

    private static func machine(_ name: String) throws -> GuestVM {
        guard let found = GuestVM(name: name) else {
            throw ValidationError("'\(name)' is not a machine; there are sp1 and risc0")
        }
        return found
    }
}
