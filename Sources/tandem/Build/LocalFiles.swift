internal import Glibc
internal import Node

/// The few operations on files that a build needs, with errors that name the path.
enum LocalFiles {
    /// What a path leads to.
    enum Kind {
        case file, directory, missing
    }

    /// What `path` leads to, links followed.
    static func kind(of path: String) -> Kind {
        var status = stat()
        // The pointer to `status` is used during the call only; the path is copied as a C string.
        guard unsafe stat(path, &status) == 0 else { return .missing }
        return status.st_mode & S_IFMT == S_IFDIR ? .directory : .file
    }

    /// Whether `path` is a file that may be run.
    static func isExecutable(_ path: String) -> Bool {
        guard kind(of: path) == .file else { return false }
        // The path is copied as a C string for the call.
        return unsafe access(path, X_OK) == 0
    }

    /// `path` without links and dots; nil when it leads nowhere.
    static func resolved(_ path: String) -> String? {
        // realpath allocates its answer, which is freed once it is copied.
        guard let answer = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(answer) }
        return unsafe String(cString: answer)
    }

    /// The names in a directory, sorted, without those that begin with a dot.
    static func names(in directory: String) throws(GuestBuildError) -> [String] {
        // The handle is closed on every way out; each entry is copied before the next is read.
        guard let handle = unsafe opendir(directory) else { throw failure(directory) }
        defer { unsafe closedir(handle) }
        var names: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                let capacity = MemoryLayout.size(ofValue: unsafe pointer.pointee)
                return unsafe pointer.withMemoryRebound(to: CChar.self, capacity: capacity) {
                    unsafe String(cString: $0)
                }
            }
            guard !name.hasPrefix(".") else { continue }
            names.append(name)
            guard names.count <= GuestBuildLimits.directoryEntryCountMax else {
                throw .tooMuch(
                    path: directory, limit: "\(GuestBuildLimits.directoryEntryCountMax) entries")
            }
        }
        return names.sorted()
    }

    /// The content of a file of at most `fileByteCountMax` bytes.
    static func read(_ path: String) throws(GuestBuildError) -> [UInt8] {
        do throws(BoundedFile.Failure) {
            return try BoundedFile.read(path, byteCountMax: GuestBuildLimits.fileByteCountMax)
        } catch { throw GuestBuildError(error) }
    }

    /// The first `limit` bytes of a file.
    static func read(_ path: String, keeping limit: Int) throws(GuestBuildError) -> [UInt8] {
        do throws(BoundedFile.Failure) {
            return try BoundedFile.prefix(of: path, byteCount: limit)
        } catch { throw GuestBuildError(error) }
    }

    /// Writes a file, replacing what is there.
    static func write(_ content: [UInt8], to path: String) throws(GuestBuildError) {
        // The path is copied as a C string for the call.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard BoundedFile.writeAll(content, to: descriptor) else { throw failure(path) }
    }

    /// The error of the system call that just failed for `path`.
    static func failure(_ path: String) -> GuestBuildError {
        .file(path: path, reason: BoundedFile.lastError)
    }
}

extension GuestBuildError {
    /// The same of a file that is read for a build.
    fileprivate init(_ failure: BoundedFile.Failure) {
        switch failure {
        case .cannotOpen(let path, let message), .cannotRead(let path, let message):
            self = .file(path: path, reason: message)
        case .tooLarge(let path, let byteCountMax):
            self = .tooMuch(path: path, limit: "\(byteCountMax) bytes")
        }
    }
}
