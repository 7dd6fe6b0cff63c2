package import Bytes
import EthCrypto
import RISCV

/// A program that was checked and decoded, ready to run any number of times, on any thread.
package final class GuestProgram: Sendable {
    /// The machine that the program was built for.
    package let vm: GuestVM

    /// What runs the program unless a run says otherwise.
    package var engine: Engine { compiled == nil ? .interpreter : .translator }

    let image: ELFImage
    let code: CodeImage
    let compiled: CompiledProgram?
    /// The kernel and the first memory of a RISC Zero v2 or v3 program.
    let contained: ContainedProgram?
    private let elfHash: Hash32

    /// Checks and decodes an ELF, or a container of RISC Zero v2 or v3, and translates an ELF unless the
    /// interpreter is asked for. Any bytes may be given.
    ///
    /// - Parameter translation: what `encodedTranslation` gave before, in this build; used instead of
    ///   translating again when it is one of this program.
    /// - Throws: `GuestProgramError`, which says what is wrong.
    package init(
        elf: [UInt8], vm: GuestVM, engine: Engine = .translator, translation: [UInt8] = []
    ) throws(GuestProgramError) {
        try Self.refuseLaterVersions(elf, vm)
        self.vm = vm
        elfHash = SHA256.hash(elf)
        if ProgramContainer.isContainer(elf) {
            let program = try Self.contained(elf)
            (image, code, contained) = (program.image, program.code, program)
        } else {
            do throws(ELFError) {
                image = try ELFImage(parsing: elf, rules: vm.elfRules)
                code = try CodeImage(image, model: vm.cycleModel, rules: vm.elfRules)
            } catch {
                throw .elf(error)
            }
            contained = nil
        }
        guard engine == .translator else {
            compiled = nil
            return
        }
        let rules = contained == nil ? vm.elfRules : .riscZeroUser
        compiled =
            CompiledProgram.load(translation, code: code, rules: rules)
            ?? CompiledProgram.compile(code, image: image, rules: rules)
    }

    /// A translated program whose code does not count cycles: no limit ends a run, and the cycles are
    /// wrong. For measuring what counting costs. Nil when the program was not translated.
    package init?(unmetered program: GuestProgram) {
        guard let compiled = program.compiled?.unmetered() else { return nil }
        (vm, image, code, contained) = (program.vm, program.image, program.code, program.contained)
        (self.compiled, elfHash) = (compiled, program.elfHash)
    }

    /// The program's translation, to be kept and given to `init`; nil when there is none.
    package var encodedTranslation: [UInt8]? {
        compiled?.encodedTranslation
    }

    private static func contained(_ file: [UInt8]) throws(GuestProgramError) -> ContainedProgram {
        do throws(ContainerError) {
            return try ContainedProgram(parsing: file)
        } catch { throw .container(error) }
    }

    /// What the program's machine accepts, and where it may load and store.
    var rules: ELFRules { contained == nil ? vm.elfRules : .riscZeroUser }

    private var memoryByteCountMax: Int {
        contained == nil
            ? vm.memoryByteCountMax : GuestRuntimeLimits.riscZeroUserMemoryByteCountMax
    }

    /// RISC Zero: the image id, by the algorithm of v1 or, for a container, of v2, computed anew at each
    /// call (megabytes are hashed). SP1: the SHA-256 of the ELF, because the verification key takes the
    /// prover (DESIGN.md section 6).
    package var computedID: ProgramID {
        switch vm {
        case .risc0:
            ProgramID(
                contained.map { ImageIDV2.compute($0.initialMemory) } ?? ImageID.compute(image))
        case .sp1: ProgramID(elfHash)
        }
    }

    /// Runs the program. It succeeds if, and only if, it costs at most `maxCycles`, ends by itself and
    /// breaks none of its machine's rules.
    package func run(
        input: GuestInput, maxCycles: UInt64, engine: Engine = .translator
    ) -> GuestOutcome {
        var workspace = GuestWorkspace()
        return run(input: input, maxCycles: maxCycles, engine: engine, workspace: &workspace)
    }

    /// Runs the program as the other `run` does, in a workspace that the caller keeps for the next.
    ///
    /// - Parameter observer: is told what happens; the run then is the interpreter's.
    package func run(
        input: GuestInput, maxCycles: UInt64, engine: Engine = .translator,
        workspace: inout GuestWorkspace, observer: GuestObserver? = nil
    ) -> GuestOutcome {
        // What is observed happens once.
        if observer != nil { workspace.closeUnits() }
        let outcome = runOnce(input, maxCycles, engine, &workspace, observer)
        guard workspace.isLastCapDoubtful else { return outcome }
        // It met its cap while units counted that it may not have written to.
        workspace.closeUnits()
        return runOnce(input, maxCycles, engine, &workspace, observer)
    }

    private func runOnce(
        _ input: GuestInput, _ maxCycles: UInt64, _ engine: Engine,
        _ workspace: inout GuestWorkspace, _ observer: GuestObserver?
    ) -> GuestOutcome {
        // Not above 2^62, so it fits.
        let limit = Int64(min(maxCycles, GuestRuntimeLimits.cyclesMax))
        do throws(GuestMemoryError) {
            let machine = try Machine(
                image: image, code: code, rules: rules,
                memoryByteCountMax: memoryByteCountMax, cycleLimit: limit,
                reservation: try workspace.takeReservation(),
                translated: observer == nil ? try translated(engine, &workspace) : nil)
            let core = GuestCore(machine, cycleLimit: limit, observer: observer)
            if let contained {
                var session = RISCZeroV2Session(core, input, contained.kernel)
                return session.run()
            }
            switch vm {
            case .risc0:
                var session = RISCZeroSession(core, input)
                return session.run()
            case .sp1:
                var session = SP1Session(core, input)
                return session.run()
            }
        } catch {
            return notStarted(error)
        }
    }

    private func translated(
        _ engine: Engine, _ workspace: inout GuestWorkspace
    ) throws(GuestMemoryError) -> (program: CompiledProgram, context: GuestContext)? {
        guard engine == .translator, let compiled else { return nil }
        return (compiled, try workspace.takeContext())
    }

    private func notStarted(_ error: GuestMemoryError) -> GuestOutcome {
        let cause: GuestFailure.Cause =
            error == .hostRefused ? .hostOutOfMemory : .memoryLimitExceeded
        let failure = GuestFailure(cause, detail: "\(error)", pc: image.entry, cycles: 0)
        return GuestOutcome(
            status: .failed(failure), output: [], cycles: 0, instructions: 0, exitCode: nil)
    }

    private static func refuseLaterVersions(
        _ elf: [UInt8], _ vm: GuestVM
    ) throws(GuestProgramError) {
        if vm == .sp1, ProgramContainer.isContainer(elf) { throw .riscZeroContainer }
        if vm == .sp1, elf.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2]) { throw .sp1ELF64 }
    }
}

extension GuestVM {
    var elfRules: ELFRules { self == .risc0 ? .riscZero : .sp1 }

    var cycleModel: CycleModel { self == .risc0 ? .riscZero : .uniform }

    var memoryByteCountMax: Int {
        self == .risc0
            ? GuestRuntimeLimits.riscZeroMemoryByteCountMax
            : GuestRuntimeLimits.sp1MemoryByteCountMax
    }
}
