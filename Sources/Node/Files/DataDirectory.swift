internal import Glibc

/// The directory of the store.
enum DataDirectory {
    /// Makes the directory and those above it, for this user only; one that is there is left alone.
    static func create(_ path: String) throws(BoundedFile.Failure) {
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += partial.isEmpty || partial.hasSuffix("/") ? String(part) : "/" + part
            // The path is copied as a C string for the call.
            guard unsafe mkdir(partial, 0o700) != 0, errno != EEXIST else { continue }
            throw .cannotOpen(path: partial, message: BoundedFile.lastError)
        }
    }
}
