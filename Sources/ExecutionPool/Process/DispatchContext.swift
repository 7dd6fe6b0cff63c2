internal import Logging
internal import Synchronization

/// What the pool and its threads share.
final class DispatchContext: Sendable {
    let configuration: ExecutionPoolConfiguration
    let executable: String
    let arguments: [String]
    let programs: ProgramSource
    let logger: Logger
    let board: RequestBoard
    let wake: WakeSignal
    let statistics = Mutex(ExecutionPoolStatistics())

    private let stopping = Atomic(false)

    init(
        configuration: ExecutionPoolConfiguration, executable: String, arguments: [String],
        programs: @escaping ProgramSource, logger: Logger, board: RequestBoard
    ) throws(ExecutionPoolError) {
        self.configuration = configuration
        self.executable = executable
        self.arguments = arguments
        self.programs = programs
        self.logger = logger
        self.board = board
        wake = try WakeSignal()
    }

    /// Whether `stop` was called.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// Ends the dispatcher's loop.
    func stop() {
        stopping.store(true, ordering: .releasing)
        wake.wake()
    }
}
