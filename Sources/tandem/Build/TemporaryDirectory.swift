internal import Glibc
internal import Node

/// A directory for intermediate files, removed with its owner. It holds files only, no directories.
struct TemporaryDirectory: ~Copyable {
    /// Where it is.
    let path: String

    init() throws(GuestBuildError) {
        let parent = ProcessEnvironment.value("TMPDIR") ?? "/tmp"
        var template = Array("\(parent)/tandem-build-XXXXXX".utf8CString)
        // mkdtemp changes the template in place, within its length.
        let made = unsafe mkdtemp(&template) != nil
        guard made else { throw LocalFiles.failure(parent) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // What cannot be removed is left to the system's own cleaning of temporary files.
        let names = (try? LocalFiles.names(in: path)) ?? []
        for name in names { unsafe unlink(path + "/" + name) }
        unsafe rmdir(path)
    }
}
