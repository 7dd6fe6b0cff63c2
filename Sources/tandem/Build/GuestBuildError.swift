/// Why a program could not be built.
enum GuestBuildError: Error, Equatable, CustomStringConvertible {
    /// A path could not be read, written or made; the system's reason.
    case file(path: String, reason: String)
    /// No sources were named, or a directory has none.
    case noSources(path: String?)
    /// A file of a kind that is not compiled.
    case unknownSource(path: String)
    /// More files, directories or bytes than the limit that is named.
    case tooMuch(path: String, limit: String)
    /// No directory with the guest SDK; where it was looked for.
    case sdkNotFound(searched: [String])
    /// A tool of the Swift toolchain is missing.
    case toolNotFound(name: String)
    /// A tool could not be started; the system's reason.
    case toolNotStarted(name: String, reason: String)
    /// The compiler or linker refused the program; its messages, and what may be meant.
    case toolFailed(name: String, messages: String, hint: String?)
    /// The node would refuse the program that was built.
    case refused(reason: String)

    var description: String {
        switch self {
        case .file(let path, let reason):
            "\(path): \(reason)"
        case .noSources(let path?):
            "\(path): no .c, .S or .swift file in it"
        case .noSources(nil):
            "no source given: name .c, .S and .swift files, or a directory of them"
        case .unknownSource(let path):
            "\(path): not a .c, .S or .swift file"
        case .tooMuch(let path, let limit):
            "\(path): more than \(limit)"
        case .sdkNotFound(let searched):
            "the guest SDK was not found in \(searched.joined(separator: ", ")); "
                + "name its directory with --sdk or TANDEM_SDK"
        case .toolNotFound(let name):
            "\(name) was not found; the Swift toolchain (6.2 or later) must be on PATH"
        case .toolNotStarted(let name, let reason):
            "\(name) could not be started: \(reason)"
        case .toolFailed(let name, let messages, let hint):
            messages + (messages.hasSuffix("\n") ? "" : "\n") + "\(name) failed"
                + (hint.map { ": " + $0 } ?? "")
        case .refused(let reason):
            "the program was built, but a node would refuse it: \(reason)"
        }
    }
}
