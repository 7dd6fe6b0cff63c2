internal import Glibc

/// One run of a compiler or linker. All paths among the arguments are absolute, so that the
/// directory in which it runs does not matter.
struct ToolRun {
    /// The tool's path.
    let tool: String
    let arguments: [String]
    /// The file that takes what the tool says. A file rather than a pipe: no other process started
    /// at the same time can hold it open, and a talkative tool never waits.
    let log: String

    /// Runs it to its end. Throws when it cannot be started or does not end with 0.
    func perform() throws(GuestBuildError) {
        let name = String(tool.split(separator: "/").last ?? "")
        let process: pid_t
        switch spawn() {
        case .success(let started): process = started
        case .failure(let failure):
            throw .toolNotStarted(name: name, reason: LocalFiles.reason(failure.code))
        }
        guard wait(for: process) == 0 else {
            throw .toolFailed(name: name, messages: try messages(), hint: nil)
        }
    }

    private struct SpawnFailure: Error {
        let code: Int32
    }

    /// Starts the tool with both its output streams going to the log.
    private func spawn() -> Result<pid_t, SpawnFailure> {
        // The actions are initialised here and destroyed on the way out; every string is copied.
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The copies live until the call returns, which is when the system no longer needs them.
        var words = unsafe ([tool] + arguments).map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(&process, tool, &actions, nil, &words, environ)
        return code == 0 ? .success(process) : .failure(SpawnFailure(code: code))
    }

    /// How the process ended, as waitpid tells; 0 is well.
    private func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        // waitpid fills `status`.
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        return status
    }

    private func messages() throws(GuestBuildError) -> String {
        let content = try LocalFiles.read(log, keeping: GuestBuildLimits.toolOutputByteCountMax)
        return String(decoding: content, as: UTF8.self)
    }
}
