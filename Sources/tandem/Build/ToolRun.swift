internal import Glibc
internal import Node

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
        do throws(LoggedSpawn.Failure) {
            let environment = ProcessEnvironment.all.map { "\($0)=\($1)" }
            process = try LoggedSpawn.start(
                tool, arguments: arguments, environment: environment, log: log)
        } catch {
            throw .toolNotStarted(name: name, reason: BoundedFile.message(of: error.code))
        }
        guard wait(for: process) == 0 else {
            throw .toolFailed(name: name, messages: try messages(), hint: nil)
        }
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
