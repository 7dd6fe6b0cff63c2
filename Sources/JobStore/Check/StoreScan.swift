internal import Bytes
internal import JobEngine
internal import PostingEngine

/// One pass over a store: what is wrong with it, and what has not ended yet.
///
/// It checks the invariants of DESIGN.md section 5. At the start of a node it reads every record,
/// nonce, queue entry and posting, and the requests and results of the jobs that have not ended;
/// the full depth adds the parts of all jobs with their hashes and signatures, and the ELFs.
struct StoreScan {
    enum Depth {
        case start
        case full
    }

    let reader: StoreReader
    let depth: Depth
    let expectedOperator: Address?

    private(set) var violations: [StoreViolation] = []
    private(set) var violationCount = 0
    var programs: [ProgramRecord] = []
    var jobCount = 0
    var nextSequence: UInt64 = 0
    /// The jobs that have not ended, by id.
    var liveRecords: [JobID: JobRecord] = [:]
    var recordSet = SetFingerprint()
    var nonceSet = SetFingerprint()

    init(reader: StoreReader, depth: Depth, expectedOperator: Address?) {
        self.reader = reader
        self.depth = depth
        self.expectedOperator = expectedOperator
    }

    /// Reads the store. Throws when the disk does; what is wrong with the content is listed.
    mutating func run() throws(JobStoreError) {
        try checkFormat()
        try checkPrograms()
        try checkRecords()
        try checkNonces()
        try checkQueue()
        try checkOutbox()
        if depth == .full { try checkOrphans() }
    }

    mutating func note(_ violation: StoreViolation) {
        violationCount += 1
        if violations.count < StoreScanLimits.violationCountMax { violations.append(violation) }
    }

    mutating func note(_ family: ColumnFamily, _ key: [UInt8], _ message: String) {
        note(violation(family, key, message))
    }

    mutating func note(_ family: ColumnFamily, _ key: Span<UInt8>, _ message: String) {
        note(violation(family, key, message))
    }

    /// What `read` finds; a value that cannot be read is noted, and nil.
    mutating func readable<Value>(
        _ read: (StoreReader) throws(JobStoreError) -> Value?
    ) throws(JobStoreError) -> Value? {
        do throws(JobStoreError) {
            return try read(reader)
        } catch .corrupted(let violation) {
            note(violation)
            return nil
        }
    }

    private mutating func checkFormat() throws(JobStoreError) {
        guard let value = try reader.database.value(.meta, StoreKey.format) else {
            note(.meta, StoreKey.format, "the version of the layout is missing")
            return
        }
        do throws(StoredValueError) {
            let version = try StoredForms.number(inInteger: value.span)
            if version != StoredForms.formatVersion {
                note(.meta, StoreKey.format, "the layout has the unknown version \(version)")
            }
        } catch {
            note(.meta, StoreKey.format, error.description)
        }
    }

    private mutating func checkPrograms() throws(JobStoreError) {
        let prefix = [StoreKey.ProgramPart.record.rawValue]
        try reader.database.scan(.programs, prefix: prefix) { key, value throws(JobStoreError) in
            do throws(StoredValueError) {
                let program = try ProgramRecord(decoding: value)
                if StoreKey.program(program.id) != [UInt8](copying: key) {
                    note(.programs, key, "the program lies under the key of another")
                }
                programs.append(program)
            } catch {
                note(.programs, key, error.description)
            }
            return true
        }
        guard depth == .full else { return }
        for program in programs { try checkELF(of: program) }
    }
}

/// Two sets of (job, request hash) are the same when their counts and sums are: the ids are
/// digests, so nobody finds other members with the same sum.
struct SetFingerprint: Hashable {
    private var count = 0
    private var (word0, word1, word2, word3): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    mutating func insert(_ entry: NonceEntry) {
        let (id, request) = (entry.jobID.hash, entry.requestHash)
        count += 1
        // Sums modulo 2^64; each word of the request is paired with another word of the id.
        word0 &+= id.word0 ^ request.word1
        word1 &+= id.word1 ^ request.word2
        word2 &+= id.word2 ^ request.word3
        word3 &+= id.word3 ^ request.word0
    }
}
