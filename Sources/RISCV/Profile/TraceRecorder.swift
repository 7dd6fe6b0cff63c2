/// Which instructions of a run are recorded.
package struct TraceWindow: Hashable, Sendable {
    /// Where recording starts.
    package enum Start: Hashable, Sendable {
        /// At the first instruction before which this many cycles were charged.
        case cycle(UInt64)
        /// At the instruction before which this many were executed, uncharged ones included.
        case step(UInt64)
    }

    package let start: Start

    /// How many instructions, at most `RISCVLimits.tracedInstructionCountMax`.
    package let count: Int

    /// A window of at most `RISCVLimits.tracedInstructionCountMax` instructions.
    package init(start: Start, count: Int) {
        self.start = start
        self.count = max(0, min(count, RISCVLimits.tracedInstructionCountMax))
    }
}

/// Records the instructions of a window.
struct TraceRecorder {
    private let window: TraceWindow
    private(set) var instructions: [TracedInstruction] = []

    // What is being recorded: the registers before it. Across a call of the host it stays open.
    private var registersBefore: RegisterFile?

    init(_ window: TraceWindow) {
        self.window = window
    }

    private var isFull: Bool { instructions.count >= window.count }

    /// Whether no instruction of a block of `cost` that starts here is in the window.
    func skips(step: UInt64, cycle: UInt64, _ cost: CodeImage.Cost) -> Bool {
        guard !isFull else { return true }
        return switch window.start {
        // Counts of one run: far below 2^63.
        case .cycle(let first): cycle &+ UInt64(cost.cycles) <= first
        case .step(let first): step &+ UInt64(cost.instructionCount) <= first
        }
    }

    /// Whether the next instruction is in the window.
    func wants(step: UInt64, cycle: UInt64) -> Bool {
        guard !isFull else { return false }
        return switch window.start {
        case .cycle(let first): cycle >= first
        case .step(let first): step >= first
        }
    }

    /// Opens an entry for the instruction that is about to be executed.
    mutating func begin(_ entry: TracedInstruction, _ registers: RegisterFile) {
        instructions.append(entry)
        registersBefore = registers
    }

    /// Notes what the open entry's instruction calls of the host.
    mutating func note(call: String) {
        guard registersBefore != nil else { return }
        instructions[instructions.count - 1].call = call
    }

    /// Closes the entry that is open, given the registers now.
    mutating func end(_ registers: RegisterFile) {
        guard let before = registersBefore else { return }
        registersBefore = nil
        let last = instructions.count - 1
        let destination = instructions[last].instruction?.destination
        for register in UInt8(1)..<32
        where registers[register] != before[register] || register == destination {
            instructions[last].changes.append(.init(register: register, value: registers[register]))
        }
        if let access = instructions[last].memory, !access.isStore, let destination,
            destination != DecodedInstruction.sinkRegister
        {
            instructions[last].memory?.value = registers[destination]
        }
    }

    /// Closes the open entry, if there is one, with the registers as they were.
    mutating func abandon(isExecuted: Bool) {
        guard registersBefore != nil else { return }
        registersBefore = nil
        instructions[instructions.count - 1].isExecuted = isExecuted
    }
}
