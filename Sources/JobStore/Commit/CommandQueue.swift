internal import Glibc

/// The bounded line of commands between all threads and the committer.
@safe
final class CommandQueue: @unchecked Sendable {
    // Everything mutable is used under `mutex`. That is what makes the class Sendable.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private let limits: JobStoreLimits
    private var commands: [StoreCommand] = []
    private var clientCount = 0
    private var byteCount = 0
    private var isClosed = false
    private var isCommitterWaiting = false

    init(limits: JobStoreLimits) {
        self.limits = limits
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        // Waiting must not depend on the wall clock, which may jump.
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        // Nobody waits on what dies with the last reference.
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Appends a command, or answers it with an error at once.
    func append(_ command: StoreCommand) {
        if let error = admit(command) { command.fail(error) }
    }

    /// How many commands wait.
    var count: Int { withLock { commands.count } }

    /// Refuses all later commands; those that wait are still handed out.
    func close() {
        withLock {
            isClosed = true
            unsafe pthread_cond_signal(condition)
        }
    }

    /// Waits for commands and takes all of them. Empty when `timeoutMilliseconds` passed; nil when
    /// the queue is closed and empty. Called by the committer only.
    func takeAll(timeoutMilliseconds: UInt64?) -> [StoreCommand]? {
        let deadline = timeoutMilliseconds.map(Self.deadline)
        return withLock {
            isCommitterWaiting = true
            defer { isCommitterWaiting = false }
            var isTimedOut = false
            while commands.isEmpty && !isClosed && !isTimedOut {
                isTimedOut = wait(until: deadline)
            }
            guard !commands.isEmpty || !isClosed else { return nil }
            defer {
                commands = []
                clientCount = 0
                byteCount = 0
            }
            return commands
        }
    }

    private func admit(_ command: StoreCommand) -> JobStoreError? {
        let (isFromClient, size) = (command.isFromClient, command.byteCount)
        return withLock {
            guard !isClosed else { return .closed }
            let isOverClientLimit = isFromClient && clientCount >= limits.clientCommandCountMax
            let isOverByteLimit = !commands.isEmpty && byteCount + size > limits.commandByteCountMax
            guard !isOverClientLimit, commands.count < limits.commandCountMax,
                !(isFromClient && isOverByteLimit)
            else { return .overloaded }
            commands.append(command)
            clientCount += isFromClient ? 1 : 0
            byteCount += size
            if isCommitterWaiting { unsafe pthread_cond_signal(condition) }
            return nil
        }
    }

    /// Waits once, with the mutex held; true when the deadline passed.
    private func wait(until deadline: timespec?) -> Bool {
        guard var deadline else {
            unsafe pthread_cond_wait(condition, mutex)
            return false
        }
        return unsafe pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        // Initialised in `init`, destroyed in `deinit`.
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }

    private static func deadline(afterMilliseconds milliseconds: UInt64) -> timespec {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let bounded = Int(min(milliseconds, 3_600_000))
        let nanoseconds = time.tv_nsec + bounded % 1_000 * 1_000_000
        return timespec(
            tv_sec: time.tv_sec + bounded / 1_000 + nanoseconds / 1_000_000_000,
            tv_nsec: nanoseconds % 1_000_000_000)
    }
}
