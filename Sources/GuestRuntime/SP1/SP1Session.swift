import RISCV

/// One run of an SP1 guest, v1 to v5.
///
/// Number in t0, arguments in a0 to a2, result in t0 (reference/zkvm.md 2.3).
struct SP1Session: ~Copyable {
    var core: GuestCore
    var hints: HintStream
    var dialect = SP1Dialect.undecided
    var points = PointMemories()
    var divisors = DivisorCache()

    init(_ core: consuming GuestCore, _ input: GuestInput) {
        self.core = core
        hints = HintStream(input.buffers)
    }

    /// Runs the guest to its end.
    mutating func run() -> GuestOutcome {
        while true {
            do throws(GuestStop) {
                try core.runToCall()
                try answer()
            } catch {
                return core.outcome(error, nonZeroExitFails: true)
            }
        }
    }

    private mutating func answer() throws(GuestStop) {
        let number = core.register(.t0)
        guard let syscall = SP1Syscall(rawValue: number) else {
            throw .failed(
                .unknownSyscall, detail: "number \(HexText.word(number)) is none of SP1's")
        }
        let isAllowed = syscall == .write || syscall == .exitUnconstrained
        guard !core.isUnconstrained || isAllowed else {
            throw .invalid("\(syscall.name) inside an unconstrained block")
        }
        try perform(syscall)
        core.finishCall()
    }

    private mutating func perform(_ syscall: SP1Syscall) throws(GuestStop) {
        switch syscall {
        case .halt: throw .halted(exitCode: core.register(.a0))
        case .write: try write()
        case .enterUnconstrained:
            core.suspend()
            core.setRegister(.t0, 1)
        case .exitUnconstrained:
            core.resume()
            core.setRegister(.t0, 0)
        case .commit: try checkIndex("COMMIT")
        case .commitDeferredProofs: try checkIndex("COMMIT_DEFERRED_PROOFS")
        case .verifyProof: try verifyProof()
        case .hintLength: hintLength()
        case .hintRead: try hintRead()
        case .shaExtend: try shaExtend()
        case .shaCompress: try shaCompress()
        case .keccakPermute: try keccakPermute()
        case .uint256Multiply: try multiplyUInt256()
        case .u256xU2048Multiply: try multiplyUInt256ByUInt2048()
        default: try performOnCurve(syscall)
        }
    }

    /// The failure of a number that SP1 has and this machine has not.
    static func unsupported(_ syscall: SP1Syscall) -> GuestStop {
        .failed(
            .unsupportedSyscall,
            detail: "\(syscall.name) (number \(HexText.word(syscall.rawValue))) is not "
                + "supported yet")
    }

    /// The digest of the public values is what a proof is about; without a proof only its shape counts.
    private func checkIndex(_ name: String) throws(GuestStop) {
        let index = core.register(.a0)
        guard index < 8 else {
            throw .invalid("\(name) of word \(index): a digest has the words 0 to 7")
        }
    }

    /// InfinityVM runs with the verification of deferred proofs off, where this does nothing.
    private func verifyProof() throws(GuestStop) {
        try core.check(core.register(.a0), byteCount: 32)
        try core.check(core.register(.a1), byteCount: 32)
    }

    /// The length of the next buffer; all ones when there is none.
    private mutating func hintLength() {
        // A buffer is limited to megabytes.
        core.setRegister(.t0, hints.nextByteCount.map { UInt32(truncatingIfNeeded: $0) } ?? .max)
    }

    private mutating func hintRead() throws(GuestStop) {
        let (address, length) = (core.register(.a0), core.register(.a1))
        guard address & 3 == 0 else {
            throw .invalid("HINT_READ to \(HexText.word(address)): a multiple of 4 is needed")
        }
        guard let expected = hints.nextByteCount else {
            throw .invalid("HINT_READ of \(length) bytes: there is no input buffer left")
        }
        guard Int(length) == expected, var buffer = hints.next() else {
            throw .invalid("HINT_READ of \(length) bytes: the next input buffer has \(expected)")
        }
        while buffer.count % 4 != 0 { buffer.append(0) }
        try core.write(address, buffer.span)
    }
}
