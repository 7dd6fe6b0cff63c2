internal import Glibc
internal import Node

/// A child process whose output goes to a file. It is told to stop, and waited for, when its owner goes
/// away: a demonstration leaves nothing running.
struct BackgroundProcess: ~Copyable {
    /// How long a process may take to say that it is ready, and how often to look.
    private static let readyMilliseconds = 60_000
    private static let pollMilliseconds = 20
    /// How long a process may take to stop before it is killed.
    private static let stopMilliseconds = 10_000
    private static let logByteCountMax = 1 << 20

    private let process: pid_t
    private let name: String
    private let log: String

    /// Starts `executable` with further variables on top of this process's environment.
    init(
        name: String, executable: String, arguments: [String], variables: [String: String],
        log: String
    ) throws(DemoError) {
        let environment = ProcessEnvironment.all.merging(variables) { $1 }.map { "\($0)=\($1)" }
        do throws(LoggedSpawn.Failure) {
            process = try LoggedSpawn.start(
                executable, arguments: arguments, environment: environment, log: log)
        } catch {
            throw .notStarted(name: name, reason: BoundedFile.message(of: error.code))
        }
        self.name = name
        self.log = log
    }

    deinit {
        kill(process, SIGTERM)
        var waited = 0
        while !Self.hasEnded(process) {
            if waited == Self.stopMilliseconds { kill(process, SIGKILL) }
            waited += Self.pollMilliseconds
            usleep(UInt32(1000 * Self.pollMilliseconds))
        }
    }

    /// What `find` makes of the log, as soon as it makes anything of it.
    func waitForLog<Found>(_ find: (String) -> Found?) throws(DemoError) -> Found {
        for _ in 0..<Self.readyMilliseconds / Self.pollMilliseconds {
            let text = try logText()
            if let found = find(text) { return found }
            if Self.hasEnded(process) { throw .ended(name: name, log: try logText()) }
            usleep(UInt32(1000 * Self.pollMilliseconds))
        }
        throw .silent(name: name, log: try logText())
    }

    private func logText() throws(DemoError) -> String {
        do throws(GuestBuildError) {
            let bytes = try LocalFiles.read(log, keeping: Self.logByteCountMax)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .file("\(error)")
        }
    }

    /// Whether the process is gone; a second call about an ended process is true as well.
    private static func hasEnded(_ process: pid_t) -> Bool {
        var status: Int32 = 0
        // waitpid fills `status`.
        return unsafe waitpid(process, &status, WNOHANG) != 0
    }
}

/// Why the demonstration ended early.
enum DemoError: Error, CustomStringConvertible {
    case notStarted(name: String, reason: String)
    case ended(name: String, log: String)
    case silent(name: String, log: String)
    case file(String)
    case missing(String)
    case wrong(String)

    var description: String {
        switch self {
        case .notStarted(let name, let reason): "\(name) could not be started: \(reason)"
        case .ended(let name, let log): "\(name) ended early; it said:\n\(log)"
        case .silent(let name, let log): "\(name) did not get ready; it said:\n\(log)"
        case .file(let message): message
        case .missing(let what): what
        case .wrong(let what): "the demonstration failed: \(what)"
        }
    }
}
