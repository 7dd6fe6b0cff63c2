internal import GuestRuntime

/// Builds programs for one machine. The SDK's part is compiled once for all of them.
///
/// The same sources give the same bytes, wherever they lie: no paths or times go into the ELF, symbols
/// only when asked for, and nothing depends on the order of a directory.
struct GuestBuilder: ~Copyable {
    /// A program that a node will take.
    struct Product {
        let elf: [UInt8]
        let program: GuestProgram
    }

    let vm: GuestVM
    private let sdk: GuestSDK
    private let toolchain: GuestToolchain
    private let usesPrecompiles: Bool
    private let keepsSymbols: Bool
    private let work: TemporaryDirectory
    private var runtimeObjects: [String] = []
    private var hasSwiftModule = false

    /// A builder for `vm`. Without precompiles, hashes are computed by the program itself, which
    /// then runs on a machine that lacks them and takes many more cycles. With symbols, profiles and
    /// debuggers know the names of functions; what runs is the same.
    init(
        vm: GuestVM, sdk: GuestSDK, toolchain: GuestToolchain, usesPrecompiles: Bool = true,
        keepsSymbols: Bool = false
    ) throws(GuestBuildError) {
        self.vm = vm
        self.sdk = sdk
        self.toolchain = toolchain
        self.usesPrecompiles = usesPrecompiles
        self.keepsSymbols = keepsSymbols
        work = try TemporaryDirectory()
    }

    /// Builds the program of these sources and checks that the machine takes it.
    mutating func build(_ sources: GuestSources) throws(GuestBuildError) -> Product {
        var objects = try runtime()
        if !sources.swift.isEmpty {
            objects.append(try swiftModule())
            objects.append(try compileSwift(sources))
        }
        for (index, source) in sources.clang.enumerated() {
            let name = "program\(index).o"
            objects.append(
                try compileC(source, as: name, sources.directories, Self.unrollingFlags))
        }
        let elf = try LocalFiles.read(try link(objects))
        do {
            return Product(elf: elf, program: try GuestProgram(elf: elf, vm: vm))
        } catch {
            throw .refused(reason: "\(error)")
        }
    }

    /// The objects of the SDK's runtime.
    private mutating func runtime() throws(GuestBuildError) -> [String] {
        if !runtimeObjects.isEmpty { return runtimeObjects }
        let sources = try GuestSources([sdk.runtime])
        var objects: [String] = []
        for (index, source) in sources.clang.enumerated() {
            objects.append(try compileC(source, as: "runtime\(index).o", [sdk.runtime]))
        }
        runtimeObjects = objects
        return objects
    }

    /// The object of the Swift module `Tandem`; the module itself lands next to it.
    private mutating func swiftModule() throws(GuestBuildError) -> String {
        let object = work.path + "/Tandem.o"
        if hasSwiftModule { return object }
        let sources = try GuestSources([sdk.swift])
        let arguments =
            swiftFlags(prefixes: [sdk.path]) + [
                "-swift-version", "6", "-parse-as-library", "-module-name", "Tandem",
                "-emit-module", "-emit-module-path", work.path + "/Tandem.swiftmodule",
                "-c", "-o", object,
            ]
        try run(toolchain.swiftCompiler, arguments + sources.swift)
        hasSwiftModule = true
        return object
    }

    private func compileSwift(_ sources: GuestSources) throws(GuestBuildError) -> String {
        let object = work.path + "/program.o"
        var arguments = swiftFlags(prefixes: sources.directories)
        // Programs have one thread: the checks of mode 6 on global variables would only be in the
        // way.
        arguments += ["-swift-version", "5", "-module-name", "Program", "-c", "-o", object]
        for directory in sources.directories { arguments += ["-I", directory] }
        for flag in Self.unrollingFlags { arguments += ["-Xcc", flag] }
        if try SwiftEntryPoint.isType(in: sources.swift) { arguments.append("-parse-as-library") }
        try run(toolchain.swiftCompiler, arguments + sources.swift)
        return object
    }

    private func compileC(
        _ source: String, as name: String, _ directories: [String], _ flags: [String] = []
    ) throws(GuestBuildError) -> String {
        let object = work.path + "/" + name
        var arguments =
            machineFlags + flags + [
                "--target=riscv32-none-none-eabi", "-std=c17", "-O2", "-fno-builtin",
                "-ffunction-sections", "-fdata-sections", "-Wall", "-I", sdk.include,
                vm == .sp1 ? "-DTANDEM_VM_SP1" : "-DTANDEM_VM_RISC0",
            ]
        if !usesPrecompiles { arguments.append("-DTANDEM_NO_PRECOMPILES") }
        for directory in directories {
            arguments += ["-I", directory, "-ffile-prefix-map=\(directory)=."]
        }
        try run(toolchain.clang, arguments + ["-c", source, "-o", object])
        return object
    }

    private func link(_ objects: [String]) throws(GuestBuildError) -> String {
        let output = work.path + "/program.elf"
        let arguments = [
            "-m", "elf32lriscv", "-static", "--nmagic", "--gc-sections",
            keepsSymbols ? "--discard-locals" : "--strip-all", "-T", sdk.linkerScript, "-o", output,
        ]
        do {
            try run(toolchain.linker, arguments + objects)
        } catch .toolFailed(let name, let messages, _) {
            throw .toolFailed(
                name: name, messages: messages, hint: LinkerHint.hint(for: messages))
        }
        return output
    }

    /// Both compilers must be told: their own defaults have compressed and atomic instructions,
    /// which neither machine knows.
    private var machineFlags: [String] { ["-march=rv32im", "-mabi=ilp32", "-ffreestanding"] }

    /// For what people write: their loops are unrolled as for other processors, which LLVM does on
    /// RISC-V only where it is told not to do the default, nothing. Programs take fewer cycles; the
    /// SDK's own loops are unrolled where it pays.
    private static let unrollingFlags = [
        "-Xclang", "-target-feature", "-Xclang", "+no-default-unroll",
    ]

    private func swiftFlags(prefixes: [String]) -> [String] {
        var flags = [
            "-enable-experimental-feature", "Embedded", "-target", "riscv32-none-none-eabi",
            "-wmo", "-O", "-Xfrontend", "-function-sections", "-I", sdk.include, "-I", work.path,
        ]
        for flag in machineFlags { flags += ["-Xcc", flag] }
        for prefix in prefixes { flags += ["-file-prefix-map", prefix + "=."] }
        return flags
    }

    private func run(_ tool: String, _ arguments: [String]) throws(GuestBuildError) {
        try ToolRun(tool: tool, arguments: arguments, log: work.path + "/log").perform()
    }
}
