package import Bytes
package import GuestRuntime

/// Something for an executor to do.
package struct ExecutionRequest: Sendable {
    /// What there is to do.
    package enum Work: Sendable {
        /// Run a registered program up to `maxCycles`. Jobs and dry runs are the same here.
        case run(program: ProgramID, input: GuestInput, maxCycles: UInt64)
        /// Parse and decode an ELF that somebody submitted, and compute its id.
        case check(elf: [UInt8], vm: GuestVM)
    }

    /// Requests of one lane run in order; lanes take turns, so that one with many or long requests
    /// does not starve the others.
    package enum Lane: Hashable, Sendable {
        /// Jobs and dry runs of a consumer.
        case consumer(Address)
        /// Checks of submitted programs.
        case programChecks
    }

    /// What there is to do.
    package let work: Work

    /// Whose turn it takes.
    package let lane: Lane

    /// The job, to cancel it by; nil for dry runs and checks.
    package let jobID: JobID?

    /// A job of a consumer.
    package static func job(
        _ jobID: JobID, of consumer: Address, program: ProgramID, input: GuestInput,
        maxCycles: UInt64
    ) -> ExecutionRequest {
        let work = Work.run(program: program, input: input, maxCycles: maxCycles)
        return ExecutionRequest(work: work, lane: .consumer(consumer), jobID: jobID)
    }

    /// A dry run for a consumer: as a job, but with no identity.
    package static func dryRun(
        of consumer: Address, program: ProgramID, input: GuestInput, maxCycles: UInt64
    ) -> ExecutionRequest {
        let work = Work.run(program: program, input: input, maxCycles: maxCycles)
        return ExecutionRequest(work: work, lane: .consumer(consumer), jobID: nil)
    }

    /// The check of a submitted program.
    package static func check(elf: [UInt8], vm: GuestVM) -> ExecutionRequest {
        ExecutionRequest(work: .check(elf: elf, vm: vm), lane: .programChecks, jobID: nil)
    }

    /// How many bytes it holds while it waits.
    var byteCount: Int {
        switch work {
        case .run(_, let input, _): input.encodedByteCount
        case .check(let elf, _): elf.count
        }
    }
}

/// Names one request of one pool.
package struct ExecutionTicket: Hashable, Sendable {
    let number: UInt64
}

/// A registered program as the pool's owner keeps it.
package struct ProgramImage: Sendable {
    /// The ELF.
    package let elf: [UInt8]

    /// The machine that it was written for.
    package let vm: GuestVM

    /// The id that a check of the ELF gave, by which its translation is kept; nil to keep none.
    package let computedID: ProgramID?

    /// A program with these parts.
    package init(elf: [UInt8], vm: GuestVM, computedID: ProgramID? = nil) {
        self.elf = elf
        self.vm = vm
        self.computedID = computedID
    }
}

/// Finds the image of a registered program; nil when there is none. Called on the pool's thread
/// when an executor doesn't hold the program: a look into memory or one read from the store, no
/// more.
package typealias ProgramSource = @Sendable (ProgramID) -> ProgramImage?
