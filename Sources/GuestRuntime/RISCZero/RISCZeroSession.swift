import Bytes
import RISCV

/// One run of a RISC Zero v1 guest.
///
/// Number in t0 (reference/zkvm.md 1.4). What an ecall costs beyond its instruction is charged when it
/// has been answered.
struct RISCZeroSession: ~Copyable {
    var core: GuestCore
    var pipes = Pipes()
    var random: RandomStream
    let stdin: [UInt8]
    var stdinPosition = 0
    var divisors = DivisorCache()
    var integers = BigIntegerInterpreter()
    /// Whose syscalls are answered.
    let version: RISCZeroVersion
    /// How many Keccak states were permuted since their proof was last asked for (v2).
    var keccakBatchCount = 0

    init(
        _ core: consuming GuestCore, _ input: GuestInput, version: RISCZeroVersion = .v1
    ) {
        self.core = core
        self.version = version
        stdin = input.stdin
        random = RandomStream(seed: input.randomSeed)
    }

    /// Runs the guest to its end. The exit code does not decide about success.
    mutating func run() -> GuestOutcome {
        while true {
            do throws(GuestStop) {
                try core.runToCall()
                try answer()
            } catch {
                return core.outcome(error, nonZeroExitFails: false)
            }
        }
    }

    private mutating func answer() throws(GuestStop) {
        switch core.register(.t0) {
        case 0: try halt()
        case 1: try input()
        case 2: try software()
        case 3: try sha()
        case 4: try bigInteger()
        case 6: try bigInteger2()
        case let number:
            throw .failed(.unknownSyscall, detail: "ecall \(number) is none of RISC Zero v1's")
        }
    }

    /// HALT: a0 = kind and exit code, a1 = address of the output digest.
    private mutating func halt() throws(GuestStop) {
        guard !core.isUnconstrained else { throw .invalid("HALT in a forked child") }
        let kind = core.register(.a0) & 0xff
        guard kind <= 1 else {
            throw .invalid("HALT of kind \(kind): 0 (terminate) or 1 (pause) is needed")
        }
        let digest = try core.read(core.register(.a1), byteCount: 32)
        // The journal belongs to the run only when the guest says what its output is.
        if digest.allSatisfy({ $0 == 0 }) { core.output = [] }
        throw .halted(exitCode: core.register(.a0) >> 8 & 0xff)
    }

    /// INPUT: word a0 of the input digest, which is zero here.
    private mutating func input() throws(GuestStop) {
        let index = core.register(.a0)
        guard index < 8 else {
            throw .invalid("INPUT of word \(index): a digest has the words 0 to 7")
        }
        core.setRegister(.a0, 0)
        core.charge(1)
        core.finishCall()
    }

    /// SHA: a0 = new state, a1 = old state, a2 and a3 = halves of the first block, a4 = how many blocks.
    private mutating func sha() throws(GuestStop) {
        let count = UInt64(core.register(.a4))
        let halves = (core.register(.a2), core.register(.a3))
        if count > 0 {
            // Half a block each 64 bytes; 2^32 of them fit in 64 bits.
            try core.check(halves.0, byteCount: 64 * (count - 1) + 32)
            try core.check(halves.1, byteCount: 64 * (count - 1) + 32)
        }
        try core.check(core.register(.a0), byteCount: 32)
        let state = try core.compressed(
            stateAt: core.register(.a1), halves: halves, blockCount: UInt32(count))
        try core.write(core.register(.a0), state.span)
        core.charge(5 + 68 * count)
        core.finishCall()
    }
}
