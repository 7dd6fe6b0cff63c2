internal import GuestRuntime
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
    let codes: CodeCache
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
        codes = try CodeCache(configuration.codeCache)
        if codes.isDirectoryMissing {
            logger.warning(
                "translations of programs are kept in memory only: no directory for them",
                metadata: ["directory": "\(configuration.codeCache.directory ?? "")"])
        }
    }

    /// An executor said how it runs programs; the first time, so does the log.
    func executorRuns(with engine: Engine) {
        let isNews = statistics.withLock { statistics in
            defer { statistics.isTranslating = engine == .translator }
            return statistics.isTranslating != (engine == .translator)
        }
        guard isNews else { return }
        switch engine {
        case .translator:
            logger.info("programs run as translated code")
        case .interpreter:
            logger.warning(
                """
                programs are interpreted, many times slower: translated code needs x86-64 with BMI2 \
                and a system that lets memory become executable
                """)
        }
    }

    /// Whether `stop` was called.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// Ends the dispatcher's loop.
    func stop() {
        stopping.store(true, ordering: .releasing)
        wake.wake()
    }
}
