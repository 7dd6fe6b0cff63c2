internal import Bytes
internal import GuestRuntime

extension ProgramSlots {
    /// What to send for a request, the program included when the executor does not hold it.
    mutating func commands(
        for posted: PostedRequest, programs: ProgramSource, codes: CodeCache,
        lingers: Bool = false
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
                slot = try load(program, from: programs, codes, into: &commands)
            }
            commands.append(
                .run(
                    ticket: posted.ticket, slot: slot, input: input, maxCycles: maxCycles,
                    lingers: lingers))
            return commands
        }
    }

    private mutating func load(
        _ program: ProgramID, from programs: ProgramSource, _ codes: CodeCache,
        into commands: inout [ExecutorCommand]
    ) throws(ExecutionFailure) -> UInt16 {
        guard let image = programs(program) else { throw .programUnknown(program) }
        try Self.checkSize(image.elf.count)
        let placement = place(program, byteCount: image.elf.count)
        commands += placement.unloaded.map(ExecutorCommand.unload(slot:))
        let code = image.computedID.flatMap { codes.find($0) }
        if code == nil, let id = image.computedID { awaitTranslation(of: id) }
        commands.append(
            .load(
                slot: placement.slot, vm: image.vm, translation: code ?? [],
                wantsTranslation: code == nil && image.computedID != nil, elf: image.elf))
        return placement.slot
    }

    private static func checkSize(_ byteCount: Int) throws(ExecutionFailure) {
        guard byteCount <= ExecutionPoolLimits.requestByteCountMax else {
            throw .requestTooLarge(byteCount: byteCount)
        }
    }
}
