internal import Bytes

/// An executor that has nothing to do, for a thread that submits to give a request to: that saves the way
/// through the dispatcher, which hears of it afterwards.
struct OfferedExecutor {
    /// Which one it is, for the dispatcher.
    let seat: Int
    let line: ExecutorLine
    /// Where it holds which programs.
    let slots: [ProgramID: UInt16]
}

/// A request that was given to an offered executor.
struct GivenRequest {
    let seat: Int
    let posted: PostedRequest
    let start: ContinuousClock.Instant
}

/// What is left to do for the thread that gave a request to an executor: to send it.
struct Delivery {
    let line: ExecutorLine
    let slot: UInt16
    let lingers: Bool
}

/// Where a posted request went.
enum Posting {
    /// To the queue.
    case queued(ExecutionTicket)
    /// To an executor, once it is sent.
    case given(ExecutionTicket, Delivery)

    /// What names the request.
    var ticket: ExecutionTicket {
        switch self {
        case .queued(let ticket), .given(let ticket, _): ticket
        }
    }
}
