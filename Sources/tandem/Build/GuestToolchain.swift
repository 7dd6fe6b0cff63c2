internal import Node

/// The tools that build a guest: those of the Swift toolchain on PATH, whose clang knows RISC-V and
/// whose standard library has an embedded build for it.
struct GuestToolchain: Equatable {
    let clang: String
    let swiftCompiler: String
    let linker: String

    /// Finds the tools: next to `swiftc`, else on the path.
    init(searchPath: String? = ProcessEnvironment.value("PATH")) throws(GuestBuildError) {
        let directories = (searchPath ?? "").split(separator: ":").map(String.init)
        let compiler = try GuestToolchain.find("swiftc", in: directories)
        // swiftc may be a link into the toolchain, or a launcher beside the rest of it.
        let home = LocalFiles.resolved(compiler).map(GuestToolchain.directory) ?? ""
        let near = [home, GuestToolchain.directory(of: compiler)] + directories
        swiftCompiler = compiler
        clang = try GuestToolchain.find("clang", in: near)
        linker = try GuestToolchain.find("ld.lld", in: near)
    }

    private static func find(
        _ name: String, in directories: [String]
    ) throws(GuestBuildError) -> String {
        for directory in directories where !directory.isEmpty {
            let path = directory + "/" + name
            if LocalFiles.isExecutable(path) { return path }
        }
        throw .toolNotFound(name: name)
    }

    private static func directory(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
}
