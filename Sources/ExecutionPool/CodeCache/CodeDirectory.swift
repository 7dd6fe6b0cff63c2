internal import Bytes
internal import Glibc

/// The files of the code cache: one for each program, in a directory that nobody else writes to. What
/// cannot be read, or is wrong in any way, counts as not there; the next translation takes its place.
struct CodeDirectory {
    private static let suffix = ".code"

    /// One file, by the program's id in hexadecimal digits.
    private struct Entry {
        let name: String
        let byteCount: Int
        /// Seconds since 1970.
        let writtenAt: Int
    }

    private let path: String
    private let build: [UInt8]
    private let byteCountMax: Int

    /// Makes the directory; nil when that fails.
    init?(path: String, build: [UInt8], byteCountMax: Int) {
        // The path is copied as a C string for the call.
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { return nil }
        self.path = path
        self.build = build
        self.byteCountMax = byteCountMax
    }

    /// The translation of a program by this build; nil when there is none.
    func read(_ program: ProgramID) -> [UInt8]? {
        guard let bytes = readFile(filePath(program)), let file = CodeFile(decoding: bytes),
            file.build == build, file.program == program
        else { return nil }
        return file.code
    }

    /// Writes a translation beside its place and then puts it there, so that at any moment there is a
    /// whole file or none; the files written longest ago leave until all fit. False when the system
    /// refuses or the file is larger than all may be.
    @discardableResult
    func write(_ program: ProgramID, _ code: [UInt8]) -> Bool {
        let bytes = CodeFile(build: build, program: program, code: code).encoded()
        guard bytes.count <= byteCountMax else { return false }
        makeRoom(for: bytes.count, except: name(program))
        let temporary = "\(path)/.new"
        guard writeFile(temporary, bytes) else { return false }
        // Both paths are copied as C strings for the call.
        return unsafe rename(temporary, filePath(program)) == 0
    }

    private func name(_ program: ProgramID) -> String {
        // The description of an id is `0x` and its digits.
        "\(program)".dropFirst(2) + Self.suffix
    }

    private func filePath(_ program: ProgramID) -> String { "\(path)/\(name(program))" }

    private func makeRoom(for byteCount: Int, except kept: String) {
        let others = entries().filter { $0.name != kept }
        var total = others.reduce(byteCount) { $0 + $1.byteCount }
        for entry in others.sorted(by: { $0.writtenAt < $1.writtenAt }) where total > byteCountMax {
            // As above. One that cannot be removed does not count any more: nothing would help.
            _ = unsafe unlink("\(path)/\(entry.name)")
            total -= entry.byteCount
        }
    }

    /// The files that are the cache's by their names.
    private func entries() -> [Entry] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { _ = unsafe closedir(directory) }
        var entries: [Entry] = []
        // The entry is valid until the next call; the name ends with a zero byte.
        while let found = unsafe readdir(directory),
            entries.count < ExecutionPoolLimits.codeFileCountMax
        {
            let name = unsafe withUnsafeBytes(of: &found.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            var status = stat()
            guard name.hasSuffix(Self.suffix), unsafe stat("\(path)/\(name)", &status) == 0 else {
                continue
            }
            entries.append(
                Entry(
                    name: name, byteCount: Int(status.st_size), writtenAt: status.st_mtim.tv_sec))
        }
        return entries
    }

    private func readFile(_ path: String) -> [UInt8]? {
        // The path is copied as a C string for the call.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_size <= byteCountMax else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                // The offset is below the count, which is how many bytes there are room for.
                unsafe Glibc.read(
                    file, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            offset += count
        }
        return bytes
    }

    private func writeFile(_ path: String, _ bytes: [UInt8]) -> Bool {
        // As above. Not synchronised: a file that a crash left incomplete has the wrong checksum.
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        defer { _ = close(file) }
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                // The offset is below the count.
                unsafe Glibc.write(
                    file, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }
}
