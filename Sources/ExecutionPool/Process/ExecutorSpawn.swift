internal import CMachine
internal import Glibc

/// Starting, killing and burying processes.
enum ExecutorSpawn {
    /// The descriptor at which an executor finds its socket.
    static let socketInExecutor: Int32 = 3

    /// What an executor sees of the environment. Keys may stand in the node's, so nothing else goes
    /// over.
    private static let passedVariables = ["LD_LIBRARY_PATH"]

    /// What an executor's environment says beside that. A backtrace takes another process and files,
    /// and the handlers that start it would stand in the way of the machine's own.
    private static let setVariables = ["SWIFT_BACKTRACE=enable=no"]

    /// Starts a process and returns its id and the node's end of the socket pair, which does not
    /// block. The process is killed when the calling thread ends.
    static func start(
        executable: String, arguments: [String]
    ) throws(ExecutionPoolError) -> (process: pid_t, socket: Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        // The array has the two elements that socketpair fills.
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .systemRefused(call: "socketpair", errorNumber: errno)
        }
        defer { _ = close(ends[1]) }
        var process: pid_t = 0
        // Both lists end with nil and outlive the call.
        let number = unsafe withCStrings(arguments) { argumentPointers in
            unsafe withCStrings(environment()) { environmentPointers in
                unsafe tandem_spawn(
                    executable, argumentPointers, environmentPointers, ends[1], socketInExecutor,
                    &process)
            }
        }
        guard number == 0 else {
            _ = close(ends[0])
            throw .systemRefused(call: "posix_spawn", errorNumber: number)
        }
        return (process, ends[0])
    }

    /// Kills a process; it may be dead already, but not buried.
    static func kill(_ process: pid_t) {
        _ = Glibc.kill(process, SIGKILL)
    }

    /// How a process ended, in words; nil while it lives. Waits for the end when asked to.
    static func bury(_ process: pid_t, waiting: Bool) -> String? {
        var status: Int32 = 0
        while true {
            // The status is a local variable.
            let result = unsafe waitpid(process, &status, waiting ? 0 : WNOHANG)
            if result == process { return ExecutorEnding.describe(waitStatus: status) }
            if result == 0 { return nil }
            if errno != EINTR { return "somebody else waited for it" }
        }
    }

    private static func environment() -> [String] {
        let passed: [String] = passedVariables.compactMap { name in
            // The value is copied before anybody could change the environment.
            guard let value = unsafe getenv(name) else { return nil }
            return unsafe "\(name)=\(String(cString: value))"
        }
        return passed + setVariables
    }

    /// Calls with a list of C strings that ends with nil; they live as long as the call.
    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = unsafe strings.map { unsafe strdup($0) }
        // Each was allocated by strdup and nobody else frees it.
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe (copies + [nil]).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else {
                preconditionFailure("the list ends with nil")
            }
            return unsafe body(start)
        }
    }
}
