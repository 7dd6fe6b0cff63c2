internal import Glibc

/// Starts a program whose two output streams go to a file and whose input is empty.
enum LoggedSpawn {
    /// Why nothing was started.
    struct Failure: Error {
        /// The system's error number.
        let code: Int32
    }

    /// The process; `environment` is a list of `NAME=value`.
    static func start(
        _ executable: String, arguments: [String], environment: [String], log: String
    ) throws(Failure) -> pid_t {
        // The actions are initialised here and destroyed on the way out; every string is copied.
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The copies live until the call returns, which is when the system no longer needs them.
        var words = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var settings = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe settings.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(&process, executable, &actions, nil, &words, &settings)
        guard code == 0 else { throw Failure(code: code) }
        return process
    }
}
