internal import Bytes
internal import GuestRuntime

/// What the node tells an executor.
enum ExecutorCommand {
    /// Decode this program and keep it in this slot, in place of what was there. The translation is
    /// the node's, if it has one; when the executor's own is wanted, `translated` answers.
    case load(
        slot: UInt16, vm: GuestVM, translation: [UInt8], wantsTranslation: Bool, elf: [UInt8])
    /// Forget what is in this slot.
    case unload(slot: UInt16)
    /// Run the program in this slot; answered by `finished` or `refused`. `lingers`: a core has
    /// nothing better to do than to look for the next command for a moment afterwards.
    case run(
        ticket: ExecutionTicket, slot: UInt16, input: GuestInput, maxCycles: UInt64, lingers: Bool)
    /// Say whether this ELF can run; answered by `accepted` or `refused`.
    case check(ticket: ExecutionTicket, vm: GuestVM, elf: [UInt8])
    /// Answer this request, sent before and not yet begun, by `skipped` alone. One that was begun is
    /// answered as if this had not been said.
    case skip(ticket: ExecutionTicket)

    /// The request that is to be answered; nil for what has no answer of its own.
    var answeredTicket: ExecutionTicket? {
        switch self {
        case .load, .unload, .skip: nil
        case .run(let ticket, _, _, _, _), .check(let ticket, _, _): ticket
        }
    }
}

/// What an executor tells the node.
enum ExecutorReply {
    /// The first message: the executor is up, speaks this version and runs programs so.
    case hello(version: UInt32, engine: Engine)
    /// The guest ended.
    case finished(ExecutionTicket, GuestOutcome)
    /// The checked program can run and has this id and this translation, which is empty when there is
    /// none.
    case accepted(ExecutionTicket, ProgramID, translation: [UInt8])
    /// The translation of a program that was loaded; empty when there is none.
    case translated([UInt8])
    /// The program cannot run.
    case refused(ExecutionTicket, String)
    /// The request was not begun, and will not be.
    case skipped(ExecutionTicket)

    /// The request that it answers; nil when it answers none.
    var ticket: ExecutionTicket? {
        switch self {
        case .hello, .translated: nil
        case .finished(let ticket, _), .accepted(let ticket, _, _), .refused(let ticket, _),
            .skipped(let ticket):
            ticket
        }
    }

    /// The same as the outcome of a request; nil when it answers none.
    var outcome: ExecutionOutcome? {
        switch self {
        case .hello, .translated, .skipped: nil
        case .finished(_, let outcome): .finished(outcome)
        case .accepted(_, let id, _): .programAccepted(id)
        case .refused(_, let reason): .programRefused(reason)
        }
    }
}

/// The version of this protocol. Node and executors are one binary, so a difference means that
/// somebody configured a foreign program as executor.
let executorProtocolVersion: UInt32 = 3
