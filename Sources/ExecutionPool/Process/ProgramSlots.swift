internal import Bytes

/// The node's picture of the programs that one executor holds. The node alone decides what stays:
/// the executor only puts programs where it is told to, so both sides agree without asking.
struct ProgramSlots {
    /// Where a program goes, and which slots the executor has to empty first.
    struct Placement: Equatable {
        let slot: UInt16
        let unloaded: [UInt16]
    }

    private struct Occupant {
        let program: ProgramID
        let byteCount: Int
        var lastUse: UInt64
    }

    private let countMax: Int
    private let byteCountMax: Int
    private var occupants: [Occupant?] = []
    /// Where the executor holds which programs.
    private(set) var slots: [ProgramID: UInt16] = [:]
    private var byteCount = 0
    private var useCount: UInt64 = 0

    /// The programs whose translations were asked for, in the order in which they will come.
    private var awaited: [ProgramID] = []

    init(countMax: Int, byteCountMax: Int) {
        precondition(
            (1...ExecutionPoolLimits.programSlotCountMax).contains(countMax),
            "the configuration was checked")
        self.countMax = countMax
        self.byteCountMax = byteCountMax
    }

    /// Where the executor holds the program, which counts as a use; nil when it doesn't hold it.
    mutating func use(_ program: ProgramID) -> UInt16? {
        guard let slot = slots[program] else { return nil }
        useCount += 1
        occupants[Int(slot)]?.lastUse = useCount
        return slot
    }

    /// Makes room for a program of this many bytes of ELF and puts it there. The longest unused
    /// programs leave. A program that is larger than the whole limit is kept alone.
    mutating func place(_ program: ProgramID, byteCount newByteCount: Int) -> Placement {
        var unloaded: [UInt16] = []
        while slots.count >= countMax || newByteCount > byteCountMax - byteCount {
            guard let slot = leastRecentlyUsed() else { break }
            forget(slot)
            unloaded.append(slot)
        }
        let slot = freeSlot()
        useCount += 1
        occupants[Int(slot)] = Occupant(
            program: program, byteCount: newByteCount, lastUse: useCount)
        slots[program] = slot
        byteCount += newByteCount
        return Placement(slot: slot, unloaded: unloaded)
    }

    /// The executor was asked for the translation of a program.
    mutating func awaitTranslation(of program: ProgramID) {
        awaited.append(program)
    }

    /// A translation came; the program that it is of, nil when none was asked for.
    mutating func translationCame() -> ProgramID? {
        awaited.isEmpty ? nil : awaited.removeFirst()
    }

    private func leastRecentlyUsed() -> UInt16? {
        slots.values.min { lastUse($0) < lastUse($1) }
    }

    private func lastUse(_ slot: UInt16) -> UInt64 {
        occupants[Int(slot)]?.lastUse ?? 0
    }

    private mutating func forget(_ slot: UInt16) {
        guard let occupant = occupants[Int(slot)] else { return }
        slots[occupant.program] = nil
        byteCount -= occupant.byteCount
        occupants[Int(slot)] = nil
    }

    /// There are never more slots than `programSlotCountMax`, which fits.
    private mutating func freeSlot() -> UInt16 {
        if let index = occupants.firstIndex(where: { $0 == nil }) { return UInt16(index) }
        occupants.append(nil)
        return UInt16(occupants.count - 1)
    }
}
