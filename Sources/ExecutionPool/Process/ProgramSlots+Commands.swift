internal import Bytes
internal import GuestRuntime

extension ProgramSlots {
    /// What to send for a request, the program included when the executor does not hold it.
    mutating func commands(
        for posted: PostedRequest, programs: ProgramSource
    ) throws(ExecutionFailure) -> [ExecutorCommand] {
        try Self.checkSize(posted.request.byteCount)
        switch posted.request.work {
        case .check(let elf, let vm):
            return [.check(ticket: posted.ticket, vm: vm, elf: elf)]
        case .run(let program, let input, let maxCycles):
            var commands: [ExecutorCommand] = []
            let slot: UInt16
            if let loaded = use(program) {
                slot = loaded
            } else {
                slot = try load(program, from: programs, into: &commands)
            }
            commands.append(
                .run(ticket: posted.ticket, slot: slot, input: input, maxCycles: maxCycles))
            return commands
        }
    }

    private mutating func load(
        _ program: ProgramID, from programs: ProgramSource, into commands: inout [ExecutorCommand]
    ) throws(ExecutionFailure) -> UInt16 {
        guard let image = programs(program) else { throw .programUnknown(program) }
        try Self.checkSize(image.elf.count)
        let placement = place(program, byteCount: image.elf.count)
        commands += placement.unloaded.map(ExecutorCommand.unload(slot:))
        commands.append(.load(slot: placement.slot, vm: image.vm, elf: image.elf))
        return placement.slot
    }

    private static func checkSize(_ byteCount: Int) throws(ExecutionFailure) {
        let limits = ExecutionPoolLimits.self
        guard byteCount <= limits.commandByteCountMax - limits.commandHeadByteCountMax else {
            throw .requestTooLarge(byteCount: byteCount)
        }
    }
}
