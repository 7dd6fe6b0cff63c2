internal import Glibc

/// A directory for intermediate files, removed with its owner. It holds files only, no directories.
struct TemporaryDirectory: ~Copyable {
    /// Where it is.
    let path: String

    init() throws(GuestBuildError) {
        let parent = EnvironmentVariable.value("TMPDIR") ?? "/tmp"
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

/// The process's environment.
enum EnvironmentVariable {
    /// The value of a variable; nil when it is not set or empty.
    static func value(_ name: String) -> String? {
        // The answer is copied at once; nothing in this process changes the environment.
        guard let text = unsafe getenv(name) else { return nil }
        let value = unsafe String(cString: text)
        return value.isEmpty ? nil : value
    }
}
