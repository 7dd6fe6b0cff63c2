internal import Bytes
internal import Synchronization

/// Translations of programs by the id that follows from their content, in memory and, by a thread of
/// its own, in files. To the node they are bytes; executors know whether they fit a program.
final class CodeCache: Sendable {
    private struct Entry {
        let code: [UInt8]
        var lastUse: UInt64
    }

    private struct State {
        var entries: [ProgramID: Entry] = [:]
        var byteCount = 0
        var useCount: UInt64 = 0
        /// What has to be written to files.
        var unwritten: [(program: ProgramID, code: [UInt8])] = []
        var isClosed = false
    }

    private let memoryByteCountMax: Int
    private let directory: CodeDirectory?
    private let state = Mutex(State())
    private let toWrite: WorkSemaphore
    private let writer = Mutex<DedicatedThread?>(nil)

    /// Whether files are wanted and cannot be had.
    let isDirectoryMissing: Bool

    init(_ configuration: CodeCacheConfiguration) throws(ExecutionPoolError) {
        memoryByteCountMax = configuration.memoryByteCountMax
        directory = configuration.directory.flatMap {
            CodeDirectory(
                path: $0, build: configuration.build, byteCountMax: configuration.fileByteCountMax)
        }
        isDirectoryMissing = configuration.directory != nil && directory == nil
        toWrite = try WorkSemaphore()
    }

    /// Starts the thread that writes files.
    func open() throws(ExecutionPoolError) {
        guard directory != nil else { return }
        let thread = try DedicatedThread { self.write() }
        writer.withLock { $0 = thread }
    }

    /// Ends that thread; what it has not written is translated again some day.
    func close() {
        state.withLock { $0.isClosed = true }
        toWrite.signal()
        let thread = writer.withLock { writer in
            defer { writer = nil }
            return writer
        }
        thread?.join()
    }

    /// The translation of a program; nil when there is none. One read from a file at most.
    func find(_ program: ProgramID) -> [UInt8]? {
        let inMemory = state.withLock { state -> [UInt8]? in
            state.useCount += 1
            state.entries[program]?.lastUse = state.useCount
            return state.entries[program]?.code
        }
        if let inMemory { return inMemory }
        guard let code = directory?.read(program) else { return nil }
        keepInMemory(program, code)
        return code
    }

    /// Keeps a translation.
    func insert(_ program: ProgramID, _ code: [UInt8]) {
        keepInMemory(program, code)
        guard directory != nil else { return }
        let isTaken = state.withLock { state in
            guard state.unwritten.count < ExecutionPoolLimits.unwrittenCodeCountMax else {
                return false
            }
            state.unwritten.append((program, code))
            return true
        }
        if isTaken { toWrite.signal() }
    }

    private func keepInMemory(_ program: ProgramID, _ code: [UInt8]) {
        guard code.count <= memoryByteCountMax else { return }
        state.withLock { state in
            Self.forget(program, in: &state)
            while state.byteCount + code.count > memoryByteCountMax,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
            {
                Self.forget(oldest, in: &state)
            }
            state.useCount += 1
            state.entries[program] = Entry(code: code, lastUse: state.useCount)
            state.byteCount += code.count
        }
    }

    private static func forget(_ program: ProgramID, in state: inout State) {
        guard let entry = state.entries.removeValue(forKey: program) else { return }
        state.byteCount -= entry.code.count
    }

    private func write() {
        while true {
            toWrite.wait()
            let next = state.withLock { state -> (program: ProgramID, code: [UInt8])? in
                guard !state.isClosed, !state.unwritten.isEmpty else { return nil }
                return state.unwritten.removeFirst()
            }
            guard let next else { return }
            directory?.write(next.program, next.code)
        }
    }
}
