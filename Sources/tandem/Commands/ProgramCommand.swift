internal import ArgumentParser
internal import Bytes
internal import GuestRuntime
internal import Node
internal import NodeAPI

/// `tandem program`: build and register programs.
struct ProgramCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program", abstract: "Build, identify and register programs.",
        subcommands: [
            ProgramBuildCommand.self, ProgramIDCommand.self, ProgramSubmitCommand.self,
            ProgramShowCommand.self,
        ])
}

/// An ELF on disk and the machine it is for.
struct ProgramFile: ParsableArguments {
    private static let byteCountMax = 64 << 20

    @Option(help: "The machine: sp1 or risc0.") var vm: VM
    @Argument(help: "The ELF file.") var elf: String

    enum VM: String, ExpressibleByArgument, CaseIterable {
        case sp1, risc0

        var guest: GuestVM { self == .sp1 ? .sp1 : .risc0 }
    }

    func read() throws -> [UInt8] {
        try BoundedFile.read(elf, byteCountMax: Self.byteCountMax)
    }
}

/// `tandem program id`.
struct ProgramIDCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "id", abstract: "Check an ELF and show the id it has at any node.",
        discussion: """
            RISC Zero: the image id. SP1: the SHA-256 of the ELF; a submitter may choose another id, such as
            the verification key's hash.
            """)

    @OptionGroup var file: ProgramFile
    @OptionGroup var output: OutputOptions

    func run() throws {
        let program = try GuestProgram(elf: try file.read(), vm: file.vm.guest)
        output.print([
            OutputField("program_id", program.computedID.description),
            OutputField("vm", file.vm.rawValue),
        ])
    }
}

/// `tandem program submit`.
struct ProgramSubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Register a program with a node.")

    @OptionGroup var file: ProgramFile
    @Option(help: "SP1: the id to register it under, instead of the SHA-256 of the ELF.")
    var id: ProgramID?
    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let elf = try file.read()
        let registered = try await node.withClient { client in
            try await client.submitProgram(elf: elf, vm: file.vm.rawValue, id: id)
        }
        output.print([OutputField("program_id", registered)])
    }
}

/// `tandem program show`.
struct ProgramShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show whether a node knows a program.")

    @Argument(help: "The program's id.") var id: ProgramID
    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let isKnown = try await node.withClient { try await $0.containsProgram(id) }
        output.print([
            OutputField("program_id", id.description), OutputField("registered", isKnown),
        ])
        if !isKnown { throw ExitCode(1) }
    }
}
