internal import Bytes
internal import GuestRuntime

/// What the node tells an executor.
enum ExecutorCommand {
    /// Decode this program and keep it in this slot, in place of what was there.
    case load(slot: UInt16, vm: GuestVM, elf: [UInt8])
    /// Forget what is in this slot.
    case unload(slot: UInt16)
    /// Run the program in this slot; answered by `finished` or `refused`.
    case run(ticket: ExecutionTicket, slot: UInt16, input: GuestInput, maxCycles: UInt64)
    /// Say whether this ELF can run; answered by `accepted` or `refused`.
    case check(ticket: ExecutionTicket, vm: GuestVM, elf: [UInt8])
}

/// What an executor tells the node.
enum ExecutorReply {
    /// The first message: the executor is up and speaks this version.
    case hello(version: UInt32)
    /// The guest ended.
    case finished(ExecutionTicket, GuestOutcome)
    /// The checked program can run and has this id.
    case accepted(ExecutionTicket, ProgramID)
    /// The program cannot run.
    case refused(ExecutionTicket, String)

    /// The request that it answers; nil for a hello.
    var ticket: ExecutionTicket? {
        switch self {
        case .hello: nil
        case .finished(let ticket, _), .accepted(let ticket, _), .refused(let ticket, _): ticket
        }
    }

    /// The same as the outcome of a request; nil for a hello.
    var outcome: ExecutionOutcome? {
        switch self {
        case .hello: nil
        case .finished(_, let outcome): .finished(outcome)
        case .accepted(_, let id): .programAccepted(id)
        case .refused(_, let reason): .programRefused(reason)
        }
    }
}

/// The version of this protocol. Node and executors are one binary, so a difference means that
/// somebody configured a foreign program as executor.
let executorProtocolVersion: UInt32 = 1
