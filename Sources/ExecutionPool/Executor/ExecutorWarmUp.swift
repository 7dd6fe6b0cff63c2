internal import Bytes
internal import GuestRuntime

/// The first guests of an executor process, run before the sandbox is sealed: whatever the parts below
/// set up when they are first used, opened files and signal handlers included, is set up by them. That
/// no job pays for it is welcome too.
enum ExecutorWarmUp {
    /// Runs one guest of each machine to its end; false when one did not get there.
    static func run(_ worker: inout ExecutorWorker) -> Bool {
        GuestVM.allCases.allSatisfy { vm in
            let ticket = ExecutionTicket(number: 0)
            let load = ExecutorCommand.load(
                slot: 0, vm: vm, translation: [], wantsTranslation: false, elf: elf(for: vm))
            let check = ExecutorCommand.check(ticket: ticket, vm: vm, elf: elf(for: vm))
            let input = GuestInput(buffers: [[1]], stdin: [1], randomSeed: .zero)
            let run = ExecutorCommand.run(
                ticket: ticket, slot: 0, input: input, maxCycles: 1000, lingers: false)
            _ = worker.perform(load)
            guard case .accepted = worker.perform(check),
                case .finished(_, let outcome) = worker.perform(run),
                case .succeeded = outcome.status
            else { return false }
            _ = worker.perform(.unload(slot: 0))
            return true
        }
    }

    /// A program that stores a word and halts with exit code 0.
    static func elf(for vm: GuestVM) -> [UInt8] {
        let start: UInt32 = 0x0020_0800
        let text: [UInt32] = [
            0x0030_03b7,  // lui t2, 0x300: an address that is writable in both machines
            0x0073_a023,  // sw t2, 0(t2)
            0x0000_0513,  // li a0, 0: exit code 0, or HALT with TERMINATE
            0x0003_8593,  // mv a1, t2: 32 bytes that RISC Zero's HALT looks at
            0x0000_0293,  // li t0, 0: HALT
            0x0000_0073,  // ecall
        ]
        let byteCount = UInt32(4 * text.count)
        let headerByteCount: UInt32 = 52 + 32
        // The identification, then the header and one program header (System V ABI, chapter 4 and 5).
        var elf: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1] + [UInt8](repeating: 0, count: 9)
        elf.append(littleEndian: 2 as UInt16)  // ET_EXEC
        elf.append(littleEndian: 243 as UInt16)  // EM_RISCV
        for word in [1, start, 52, 0, 0] as [UInt32] { elf.append(littleEndian: word) }
        for half in [52, 32, 1, 40, 0, 0] as [UInt16] { elf.append(littleEndian: half) }
        let segment = [1, headerByteCount, start, start, byteCount, byteCount, 5, 4]
        for word in segment + text { elf.append(littleEndian: word) }
        return elf
    }
}
