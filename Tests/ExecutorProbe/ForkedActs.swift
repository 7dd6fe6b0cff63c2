import ExecutionPool
import Glibc

/// Functions of the C library that Swift does not import, by name.
enum CLibrary {
    typealias SystemCall = @convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int

    /// `syscall`: it takes any number of arguments, which on the machines of Tandem it finds where a
    /// function of seven would.
    static let systemCall = unsafeBitCast(
        dlsym(UnsafeMutableRawPointer(bitPattern: 0), "syscall"), to: SystemCall.self)

    static let fork = unsafeBitCast(
        dlsym(UnsafeMutableRawPointer(bitPattern: 0), "fork"), to: (@convention(c) () -> pid_t).self
    )
}

/// One thing that a process in the sandbox tries.
struct Act {
    let name: String
    /// What the system call or the like returned.
    let perform: () -> Int
}

/// Has a child of this process enter the sandbox and try something; how the child ended: `killed` by
/// the filter, `signal N` for another signal, `refused` with an error, or `done`.
func ending(of act: Act) -> String {
    let child = CLibrary.fork()
    if child == 0 {
        guard ExecutorSandbox.enter(socket: 3), ExecutorSandbox.seal(socket: 3) else { _exit(1) }
        _exit(act.perform() < 0 ? 2 : 3)
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {}
    switch status {
    case SIGSYS: return "killed"
    case 2 << 8: return "refused"
    case 3 << 8: return "done"
    case 1 << 8: return "no sandbox"
    default: return status & 0x7f != 0 ? "signal \(status & 0x7f)" : "exited"
    }
}

/// Tries all acts, each in a process of its own, and prints a line for each.
func runActs() {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { exit(66) }
    // The other end away from 3; the executor's end there.
    let other = fcntl(ends[1], F_DUPFD, 10)
    guard other >= 0, dup2(ends[0], 3) == 3 else { exit(66) }
    for act in Act.all { print("\(act.name): \(ending(of: act))") }
    for number in Act.everyNumber {
        let end = ending(of: Act(name: "") { CLibrary.systemCall(number, 0, 0, 0, 0, 0, 0) })
        if end != "killed" { print("number \(number): \(end)") }
    }
}
