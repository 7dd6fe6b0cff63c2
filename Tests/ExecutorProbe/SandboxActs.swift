import Glibc

extension Act {
    /// A system call; `errno` stands for itself.
    private static func call(_ name: String, _ number: Int, _ arguments: Int...) -> Act {
        Act(name: name) {
            let padded = arguments + [Int](repeating: 0, count: 6 - arguments.count)
            return CLibrary.systemCall(
                number, padded[0], padded[1], padded[2], padded[3], padded[4], padded[5])
        }
    }

    /// Numbers to try with no arguments at all: every call that there is, room for those to come, and
    /// the same once more as numbers of the x32 machine. Without rt_sigreturn, which is allowed and
    /// takes whatever lies on the stack for the state to go on from.
    static var everyNumber: [Int] {
        let returnFromSignal = 15
        return (0..<512).filter { $0 != returnFromSignal }.flatMap { [$0, 0x4000_0000 + $0] }
    }

    private static let path: [UInt8] = Array("/etc/passwd\0".utf8)

    /// Where the path stands in memory, for arguments.
    private static let pathAddress: Int = {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: path.count)
        copy.update(from: path, count: path.count)
        return Int(bitPattern: copy)
    }()

    private static let page = 4096
    private static let anonymous = Int(MAP_PRIVATE | MAP_ANONYMOUS)

    /// Fresh memory of one page, readable and writable.
    private static func freshPage() -> UnsafeMutableRawPointer {
        mmap(nil, page, PROT_READ | PROT_WRITE, Int32(anonymous), -1, 0)
    }

    /// What is tried with arguments that would be right. Numbers of x86-64: the Linux sources,
    /// arch/x86/entry/syscalls/syscall_64.tbl.
    static var all: [Act] {
        files + processes + memory + sockets + others
    }

    private static var files: [Act] {
        [
            call("open", 2, pathAddress, 0), call("openat", 257, -100, pathAddress, 0),
            call("openat2", 437, -100, pathAddress, 0, 24), call("stat", 4, pathAddress, 0),
            call("unlink", 87, pathAddress), call("chdir", 80, pathAddress),
            call("memfd_create", 319, pathAddress, 0), call("dup", 32, 3), call("close", 3, 3),
            call("read the socket as a file", 0, 3, pathAddress, 0),
            call("write to the socket as a file", 1, 3, pathAddress, 1),
            call("write to standard output", 1, 1, pathAddress, 1),
            call("write to standard error", 1, 2, pathAddress, 1),
        ]
    }

    private static var processes: [Act] {
        [
            call("fork", 57), call("vfork", 58), call("clone", 56, 17),
            call("clone3", 435, pathAddress, 64), call("execve", 59, pathAddress, 0, 0),
            call("execveat", 322, -100, pathAddress, 0, 0, 0),
            call("kill the parent", 62, Int(getppid()), 9), call("kill itself", 62, 0, 0),
            call("ptrace the parent", 101, 16, Int(getppid())),
            call("read the parent's memory", 310, Int(getppid()), 0, 0, 0, 0, 0),
            call("pidfd_open the parent", 434, Int(getppid()), 0),
            Act(name: "abort another process") {
                CLibrary.systemCall(234, Int(getppid()), Int(getppid()), Int(SIGABRT), 0, 0, 0)
            },
            Act(name: "stop itself") {
                CLibrary.systemCall(234, Int(getpid()), Int(getpid()), Int(SIGSTOP), 0, 0, 0)
            },
            Act(name: "abort") { abort() },
        ]
    }

    private static var memory: [Act] {
        let (read, write, execute) = (Int(PROT_READ), Int(PROT_WRITE), Int(PROT_EXEC))
        return [
            call("map memory", 9, 0, page, read | write, anonymous, -1),
            call("map a reservation", 9, 0, 4 << 30, 0, anonymous, -1),
            call("map executable memory", 9, 0, page, read | execute, anonymous, -1),
            call("map writable executable memory", 9, 0, page, 7, anonymous, -1),
            call("map a file", 9, 0, page, read, Int(MAP_PRIVATE), 3),
            call("map more than the cap", 9, 0, 64 << 30, 0, anonymous, -1),
            call("map more data than the cap", 9, 0, 9 << 30, read | write, anonymous, -1),
            Act(name: "make memory writable and executable") {
                Int(mprotect(freshPage(), page, 7))
            },
            Act(name: "make memory executable with a key") {
                CLibrary.systemCall(329, Int(bitPattern: freshPage()), page, 5, -1, 0, 0)
            },
            Act(name: "translate and run") { runTranslated([0xb8, 7, 0, 0, 0, 0xc3]) },
            // mov eax, 20; int 0x80; ret: getpid of the 32-bit machine, a writev here.
            Act(name: "call as a 32-bit program") {
                runTranslated([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3])
            },
        ]
    }

    private static var sockets: [Act] {
        [
            call("socket", 41, 1, 1, 0), call("socketpair", 53, 1, 1, 0, pathAddress),
            call("connect", 42, 3, pathAddress, 16), call("accept", 43, 3, 0, 0),
            call("sendmsg with descriptors", 46, 3, pathAddress, 0),
            call("recvmsg", 47, 3, pathAddress, 0), call("send elsewhere", 44, 4, pathAddress, 1),
            call("send on the socket", 44, 3, pathAddress, 1),
            call("receive elsewhere", 45, 0, pathAddress, 1),
            call("receive on the socket", 45, 3, pathAddress, 1, Int(MSG_DONTWAIT)),
        ]
    }

    private static var others: [Act] {
        [
            call("raise a limit", 160, Int(RLIMIT_CPU.rawValue), pathAddress),
            call("raise a limit with prlimit", 302, 0, Int(RLIMIT_CPU.rawValue), 0, 0),
            call("prctl", 157, 4, 1), call("another filter", 317, 1, 0, 0),
            call("install a signal handler", 13, Int(SIGXCPU), 0, 0, 8),
            call("unshare", 272, 0x1000_0000), call("mount", 165, 0, 0, 0),
            call("bpf", 321, 0, 0, 0), call("io_uring_setup", 425, 1, 0),
            call("userfaultfd", 323, 0), call("perf_event_open", 298, 0, 0, -1, -1, 0),
            call("setuid", 105, 0), call("nice", 141, 0, 0, -20), call("reboot", 169, 0, 0, 0),
            call("random bytes", 318, pathAddress, 1, 0),
        ]
    }

    /// Writes x86-64 code to fresh memory, makes that executable and calls it.
    private static func runTranslated(_ code: [UInt8]) -> Int {
        let address = freshPage()
        address.copyMemory(from: code, byteCount: code.count)
        guard mprotect(address, page, PROT_READ | PROT_EXEC) == 0 else { return -1 }
        return Int(unsafeBitCast(address, to: (@convention(c) () -> Int32).self)())
    }
}
