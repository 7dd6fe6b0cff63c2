internal import Bytes
internal import JobEngine

extension Committer {
    /// Binds an id to an ELF, once and for all; the same binding again is answered the same.
    func register(
        _ program: ProgramSubmission, elfHash: Hash32,
        _ completion: @escaping StoreCompletion<ProgramRecord, ProgramError>
    ) {
        if let known = draft.programs[program.id] ?? parts.programs.record(program.id) {
            let isSame = known.elfHash == elfHash && known.vm == program.vm
            answer(completion, isSame ? .success(known) : .failure(.idTaken(known)))
            return
        }
        let countMax = parts.limits.programCountMax
        guard parts.programs.count + draft.programs.count < countMax else {
            completion(.failure(.store(.tooManyPrograms(countMax: countMax))))
            return
        }
        let record = ProgramRecord(
            id: program.id, vm: program.vm, computedID: program.computedID, elfHash: elfHash,
            elfByteCount: UInt32(clamping: program.elf.count), submittedAt: parts.now())
        draft.insert(record, elf: program.elf)
        answer(completion, .success(record))
    }

    private func answer(
        _ completion: @escaping StoreCompletion<ProgramRecord, ProgramError>,
        _ result: Result<ProgramRecord, ProgramError>
    ) {
        draft.answer { error in
            completion(error.map { .failure(.store($0)) } ?? result)
        }
    }
}
