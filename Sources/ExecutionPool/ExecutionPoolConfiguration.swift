/// How a pool runs.
package struct ExecutionPoolConfiguration: Sendable {
    /// Where guests run.
    package enum Executors: Sendable {
        /// In processes of their own: this program with these arguments, the descriptor of the
        /// socket being 3. By default `/proc/self/exe executor --fd 3`.
        case processes(executable: String, arguments: [String])
        /// On threads of this process, for debugging: there is no sandbox, a running guest cannot
        /// be stopped before its cycle limit, and one that breaks the machine breaks the node.
        case inProcess
    }

    /// Where guests run.
    package var executors = Executors.processes(
        executable: "/proc/self/exe", arguments: ["tandem", "executor", "--fd", "3"])

    /// How many guests run at once. The usual number is that of the cores.
    package var executorCount: Int

    /// How many more executors there may be for consumers of whom nothing runs while long runs of
    /// others hold all executors: nothing that runs can be put aside, but the operating system divides
    /// the cores. They are started when they are first needed.
    package var spareExecutorCount: Int

    /// How many requests may wait for an executor.
    package var queuedRequestCountMax = 1024

    /// How many bytes of inputs and ELFs may wait for an executor.
    package var queuedByteCountMax = 256 << 20

    /// How long a request may hold an executor before that is killed. Generous: the cycle limit is
    /// what ends guests, 2^36 cycles take the interpreter four minutes.
    package var wallClockLimit = Duration.seconds(900)

    /// How long a fresh executor may take to say hello before it is killed.
    package var startupLimit = Duration.seconds(10)

    /// How many decoded programs an executor keeps.
    package var cachedProgramCountMax = 64

    /// How many bytes of ELF the decoded programs of an executor may come from.
    package var cachedProgramByteCountMax = 128 << 20

    /// How translations of programs are kept.
    package var codeCache = CodeCacheConfiguration()

    /// A run is short when it took less: then what is sent ahead of the next probably does not wait.
    var shortRunDuration = ExecutionPoolLimits.shortRunDuration

    /// How long a request that was sent ahead waits behind one that turns out to be long.
    var aheadPatience = ExecutionPoolLimits.aheadPatience

    /// The defaults for this many executors.
    package init(executorCount: Int) {
        self.executorCount = executorCount
        spareExecutorCount = max(1, executorCount / 2)
    }

    /// The first thing that is wrong, in a sentence; nil when all is well.
    package var complaint: String? {
        if !(1...ExecutionPoolLimits.executorCountMax).contains(executorCount) {
            return
                "the number of executors must be from 1 to \(ExecutionPoolLimits.executorCountMax)"
        }
        if !(0...ExecutionPoolLimits.executorCountMax).contains(spareExecutorCount) {
            return "the number of spare executors must be from 0 to "
                + "\(ExecutionPoolLimits.executorCountMax)"
        }
        if queuedRequestCountMax < 1 { return "the queue must hold at least 1 request" }
        if queuedByteCountMax < 1 { return "the queue must hold at least 1 byte" }
        if wallClockLimit <= .zero { return "the wall-clock limit must be positive" }
        if !(1...ExecutionPoolLimits.programSlotCountMax).contains(cachedProgramCountMax) {
            return "the number of cached programs must be from 1 to "
                + "\(ExecutionPoolLimits.programSlotCountMax)"
        }
        return nil
    }
}
