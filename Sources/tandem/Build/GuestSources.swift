/// The source files of a program, by what compiles them. All paths are absolute and sorted, so that
/// the order in which a directory lists its files does not change the program.
struct GuestSources: Equatable {
    /// Sources for clang: C, and assembly that goes through the preprocessor.
    private(set) var clang: [String] = []
    private(set) var swift: [String] = []
    /// The directories that the files are in: searched for headers and module maps.
    private(set) var directories: [String] = []

    /// Takes files, and the files in directories, at any depth.
    init(_ paths: [String]) throws(GuestBuildError) {
        guard !paths.isEmpty else { throw .noSources(path: nil) }
        for path in paths {
            guard let absolute = LocalFiles.resolved(path) else { throw LocalFiles.failure(path) }
            if LocalFiles.kind(of: absolute) == .directory {
                let before = count
                try add(directory: absolute, depth: 0)
                guard count > before else { throw .noSources(path: path) }
            } else if try !add(file: absolute) {
                throw .unknownSource(path: path)
            }
        }
        clang.sort()
        swift.sort()
        directories.sort()
    }

    /// The number of files.
    var count: Int { clang.count + swift.count }

    private mutating func add(directory: String, depth: Int) throws(GuestBuildError) {
        guard depth < GuestBuildLimits.directoryDepthMax else {
            throw .tooMuch(
                path: directory,
                limit: "\(GuestBuildLimits.directoryDepthMax) directories below each other")
        }
        for name in try LocalFiles.names(in: directory) {
            let path = directory + "/" + name
            if LocalFiles.kind(of: path) == .directory {
                try add(directory: path, depth: depth + 1)
            } else {
                _ = try add(file: path)
            }
        }
    }

    /// Takes a file if it is a source.
    private mutating func add(file path: String) throws(GuestBuildError) -> Bool {
        let isSwift = path.hasSuffix(".swift")
        guard isSwift || path.hasSuffix(".c") || path.hasSuffix(".S") else { return false }
        guard !clang.contains(path), !swift.contains(path) else { return true }
        guard count < GuestBuildLimits.sourceFileCountMax else {
            throw .tooMuch(path: path, limit: "\(GuestBuildLimits.sourceFileCountMax) sources")
        }
        if isSwift { swift.append(path) } else { clang.append(path) }
        let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        if !directories.contains(directory) { directories.append(directory) }
        return true
    }
}
