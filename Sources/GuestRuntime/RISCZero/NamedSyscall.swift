/// The generations of RISC Zero whose syscalls differ.
enum RISCZeroVersion {
    /// 1.0 to 1.2: the host answers the guest.
    case v1
    /// 2.0 to 3.0: the host answers a kernel.
    case v2
}

/// The syscalls that a RISC Zero guest names (reference/zkvm.md 1.5).
enum NamedSyscall: String, CaseIterable {
    case argumentCount = "SYS_ARGC"
    case argument = "SYS_ARGV"
    case cycleCount = "SYS_CYCLE_COUNT"
    case exit = "SYS_EXIT"
    case fork = "SYS_FORK"
    case getEnvironment = "SYS_GETENV"
    case keccak = "SYS_KECCAK"
    case log = "SYS_LOG"
    case panic = "SYS_PANIC"
    case pipe = "SYS_PIPE"
    case random = "SYS_RANDOM"
    case read = "SYS_READ"
    case verifyIntegrity = "SYS_VERIFY_INTEGRITY"
    case verifyIntegrity2 = "SYS_VERIFY_INTEGRITY2"
    case write = "SYS_WRITE"
    case executeZKR = "SYS_EXECUTE_ZKR"
    case proveZKR = "SYS_PROVE_ZKR"
    case proveKeccak = "SYS_PROVE_KECCAK"

    /// What stands before each: the path of the constant in Rust.
    private static let path = "risc0_zkvm_platform::syscall::nr::"

    /// The syscall with this full name.
    init?(fullName: String, version: RISCZeroVersion = .v1) {
        guard fullName.hasPrefix(Self.path) else { return nil }
        self.init(rawValue: String(fullName.dropFirst(Self.path.count)))
        guard isOffered(in: version) else { return nil }
    }

    /// Later hosts know no forks; v1's do not know the second way to verify.
    private func isOffered(in version: RISCZeroVersion) -> Bool {
        switch self {
        case .fork, .exit: version == .v1
        case .verifyIntegrity2: version == .v2
        default: true
        }
    }
}
