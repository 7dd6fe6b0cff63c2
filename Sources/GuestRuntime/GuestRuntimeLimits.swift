/// The bounds of this module, each with its reason.
package enum GuestRuntimeLimits {
    /// What an SP1 guest may write to (DESIGN.md section 8). Its address space is four times as large.
    package static let sp1MemoryByteCountMax = 512 << 20

    /// What a RISC Zero guest may write to: all that it has.
    package static let riscZeroMemoryByteCountMax = 192 << 20

    /// What a user's program of RISC Zero v2 or v3 may write to. Its address space is six times as large.
    package static let riscZeroUserMemoryByteCountMax = 512 << 20

    /// What a kernel of RISC Zero v2 or v3 may write to above the user's memory. The one there is needs
    /// a few kilobytes for its stack.
    package static let kernelMemoryByteCountMax = 16 << 20

    /// The longest R0BF container: the node's limit for a submitted program (DESIGN.md section 8).
    package static let containerByteCountMax = 32 << 20

    /// How many entries the header of an R0BF container may have; one is known.
    package static let containerEntryCountMax: UInt32 = 16

    /// How many bytes a machine call of RISC Zero v2 may transfer: the machine's own limit.
    package static let machineTransferByteCountMax: UInt32 = 1024

    /// How many blocks a machine call may hash with SHA-256: the machine's own limit.
    package static let machineSHABlockCountMax: UInt32 = 10

    /// How many Keccak states a RISC Zero v2 guest may have permuted before it asks for their proof:
    /// 2^17 cycles of the Keccak circuit, 200 for each.
    package static let keccakBatchCountMax = 655

    /// The longest result: that of the node's largest message.
    package static let outputByteCountMax = 8 << 20

    /// How much of what a guest prints is kept.
    package static let consoleByteCountMax = 64 << 10

    /// How many bytes of a job the host looks at without charging cycles for them: printed text, logs,
    /// names. Guests print kilobytes; without a bound one instruction could cost a pass over all memory.
    package static let unchargedByteCountMax: UInt64 = 256 << 20

    /// The cycles that all unconstrained blocks (SP1) or forked children (RISC Zero) of a job may take
    /// together. They are not charged to the job, so its limit does not bound them. A constant, because
    /// whether a job succeeds may depend on its limit only through its cost.
    package static let unconstrainedCyclesMax: Int64 = 1 << 32

    /// The bytes that SP1 input buffers, those that the guest itself adds included, or RISC Zero
    /// pipes may hold at once.
    package static let hintByteCountMax = 64 << 20

    /// How many SP1 input buffers may wait at once.
    package static let hintCountMax = 1 << 20

    /// The longest integers of SP1's hooks for fields of any modulus: 4096 bits.
    package static let hookIntegerByteCountMax = 512

    /// The most that an SP1 guest may write to a hook at once: three numbers of 4096 bits and a length.
    package static let hookByteCountMax: UInt32 = 4 + 3 * 512

    /// How much computation on large integers a job has free, in products of limbs: some ten seconds, or a
    /// million inverses in a field of 256 bits.
    package static let hostWorkMax: UInt64 = 1 << 34

    /// How much more of it each cycle allows: two to four nanoseconds. What guests do with the results, to
    /// verify them, takes many times the cycles that this needs.
    package static let hostWorkPerCycle: UInt64 = 4

    /// The longest program for BIGINT2. Published ones have a few thousand bytes.
    package static let bigIntegerProgramByteCountMax: UInt64 = 1 << 20

    /// The longest integer in a BIGINT2 program: 65,536 bits, eight times what a product in RSA-4096 has.
    package static let bigIntegerLimbCountMax = 1024

    /// The integers of one BIGINT2 program together: 8 MiB.
    package static let bigIntegerStoreLimbCountMax = 1 << 20

    /// How many doubles of points are kept for each curve that an SP1 guest uses: those of a few multiples
    /// of 256 bits, in some 100 KiB. A power of 2.
    package static let keptDoubleCountMax = 1024

    /// How many doubles are not kept: those of the first two multiples of 256 bits, before which there was
    /// nothing to find.
    package static let unkeptDoubleCount = 384

    /// After so many, most of which have to be computed, doubles are no longer kept.
    package static let doubleCountOnTrial = 4096

    /// How many pipes a RISC Zero guest may open.
    package static let pipeCountMax = 64

    /// The longest name of a RISC Zero syscall.
    package static let syscallNameByteCountMax: UInt32 = 256

    /// How much of a guest's panic message becomes part of the reason.
    package static let panicMessageByteCountMax: UInt32 = 512

    /// The largest limit that is told apart from a larger one: 2^62 cycles take a century.
    package static let cyclesMax: UInt64 = 1 << 62
}
