import Bytes
import RISCV

/// One run of a RISC Zero v2 or v3 guest (reference/zkvm.md 1.9).
///
/// The user's program runs on the machine as any guest does. Its environment calls and traps go to the
/// kernel, which runs on the same machine in machine mode, with registers of its own; the kernel's
/// environment calls are the machine's, answered here.
///
///     user   -- ECALL, trap -->  machine   pc kept in the word `returnAddress`
///     user   <------ MRET -----  machine   goes on four bytes behind it
///                                machine   -- ECALL: a7 = 0 terminate … 5 big integers
struct RISCZeroV2Session: ~Copyable {
    /// Whose instructions run.
    enum Mode {
        case user
        case machine
    }

    /// What answers syscalls by name; it holds the core as well.
    var host: RISCZeroSession
    var mode = Mode.machine
    /// The registers of the mode that does not run.
    var parkedRegisters = RegisterFile()
    var memory: KernelMemory
    /// a0 and a1 of the last syscall by name.
    var answer: (a0: UInt32, a1: UInt32) = (0, 0)
    /// What a program of machine call 5 is about to store.
    var pendingIntegers = PendingIntegers()
    let code: CodeImage

    /// A session before the kernel's first instruction, on a machine that holds the user's image.
    init(
        _ core: consuming GuestCore, _ input: GuestInput, _ kernel: KernelProgram
    ) {
        memory = kernel.memory
        host = RISCZeroSession(core, input, version: .v2)
        host.core.machine.state.pc = kernel.entry
        code = kernel.code
    }

    /// Runs the guest to its end. The exit code does not decide about success.
    mutating func run() -> GuestOutcome {
        while true {
            do throws(GuestStop) {
                switch mode {
                case .user: try runUser()
                case .machine: try runKernel()
                }
            } catch {
                return host.core.outcome(error, nonZeroExitFails: false)
            }
        }
    }

    private mutating func runUser() throws(GuestStop) {
        switch host.core.runMachine() {
        case .environmentCall: try callKernel()
        case .cycleLimit: throw .cycleLimit
        case .fault(let fault): try trap(fault)
        }
    }

    private mutating func runKernel() throws(GuestStop) {
        switch host.core.machine.run(kernel: code) {
        case .environmentCall: try answerKernel()
        case .cycleLimit: throw .cycleLimit
        case .fault(.loadOutside(let address)): try load(from: address)
        case .fault(.storeOutside(let address)): try store(to: address)
        case .fault(.unimplementedInstruction(let word)) where Self.isReturn(word),
            .fault(.illegalInstruction(let word)) where Self.isReturn(word):
            try returnToUser()
        case .fault(let fault): throw .failed(fault.cause, detail: fault.detail)
        }
    }
}
