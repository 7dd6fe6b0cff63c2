import Bytes
import RISCV

/// What both machines' sessions are built on: the machine, what the guest printed and committed, and the
/// blocks whose effects are undone.
struct GuestCore: ~Copyable {
    var machine: Machine
    var output: [UInt8] = []
    var console = ConsoleBuffer()

    let cycleLimit: Int64
    let observer: GuestObserver?
    private var isInCall = false
    private var unchargedByteCount: UInt64 = 0
    /// The computation on large integers that the host has done for the guest.
    var hostWork: UInt64 = 0
    private var unconstrainedCyclesLeft = GuestRuntimeLimits.unconstrainedCyclesMax
    private var suspended: (state: MachineState, textIsModified: Bool)?

    init(_ machine: consuming Machine, cycleLimit: Int64, observer: GuestObserver? = nil) {
        self.machine = machine
        self.cycleLimit = cycleLimit
        self.observer = observer
    }

    /// Runs to the guest's next environment call.
    mutating func runToCall() throws(GuestStop) {
        switch runMachine() {
        case .environmentCall: isInCall = true
        case .cycleLimit:
            guard suspended != nil else { throw .cycleLimit }
            throw .failed(
                .unconstrainedLimitExceeded,
                detail: "the blocks that are not charged may take "
                    + "\(GuestRuntimeLimits.unconstrainedCyclesMax) cycles of a job")
        case .fault(let fault): throw .failed(fault.cause, detail: fault.detail)
        }
    }

    /// Runs the machine until the host is needed.
    mutating func runMachine() -> MachineExit {
        guard let observer else { return machine.run() }
        return observer.run(&self)
    }

    /// Notes that an environment call, already charged as an instruction, is being answered.
    mutating func beginCall() { isInCall = true }

    /// Goes on behind the environment call.
    mutating func finishCall() {
        machine.state.pc &+= 4
        isInCall = false
    }

    /// Takes back the cycle of an environment call that could not be answered.
    mutating func abandonCall() {
        guard isInCall else { return }
        machine.state.remainingCycles += 1
        machine.state.instructionCount -= 1
        isInCall = false
    }

    /// Charges one instruction that the host executed for the guest. There is a cycle left for it.
    mutating func countInstruction() {
        machine.state.remainingCycles -= 1
        machine.state.instructionCount += 1
    }

    /// The value of a register.
    func register(_ index: Register) -> UInt32 { machine.state.registers[index.rawValue] }

    /// Sets a register.
    mutating func setRegister(_ index: Register, _ value: UInt32) {
        machine.state.registers[index.rawValue] = value
    }

    /// Charges an environment call beyond the cycle of its instruction.
    mutating func charge(_ cycles: UInt64) {
        // At most 68 cycles for each of 2^32 blocks at a time, from at most 2^62: no overflow, as the
        // limit is looked at after each call.
        machine.state.remainingCycles -= Int64(cycles)
    }

    /// The cycles of the job so far. What a block that will be undone takes does not count.
    var cycles: UInt64 {
        let remaining = suspended?.state.remainingCycles ?? machine.state.remainingCycles
        return UInt64(cycleLimit - remaining)
    }

    /// The instructions of the job so far.
    var instructions: UInt64 {
        suspended?.state.instructionCount ?? machine.state.instructionCount
    }
}

// Access to memory and output on behalf of the guest.
extension GuestCore {
    /// Bytes of the guest's memory.
    func read(_ address: UInt32, byteCount: UInt64) throws(GuestStop) -> [UInt8] {
        do throws(GuestMemoryError) {
            return try machine.memory.read(address, byteCount: byteCount)
        } catch { throw GuestStop(error) }
    }

    /// Writes to the guest's memory.
    mutating func write(_ address: UInt32, _ bytes: Span<UInt8>) throws(GuestStop) {
        do throws(GuestMemoryError) {
            if try machine.memory.write(address, bytes) { machine.textIsModified = true }
        } catch { throw GuestStop(error) }
    }

    /// Throws unless the bytes are all guest memory.
    func check(_ address: UInt32, byteCount: UInt64) throws(GuestStop) {
        guard machine.memory.contains(address, byteCount: byteCount) else {
            throw GuestStop(.outside(address: address, byteCount: byteCount))
        }
    }

    /// Counts bytes that the host is about to look at for free.
    mutating func countUncharged(_ byteCount: UInt64) throws(GuestStop) {
        // Each length is below 2^32 and the sum is compared each time: no overflow.
        unchargedByteCount += byteCount
        guard unchargedByteCount <= GuestRuntimeLimits.unchargedByteCountMax else {
            throw .failed(
                .hostWorkLimitExceeded,
                detail: "a job may print \(GuestRuntimeLimits.unchargedByteCountMax) bytes")
        }
    }

    /// Appends to the result of the job.
    mutating func commit(_ address: UInt32, byteCount: UInt32) throws(GuestStop) {
        guard Int(byteCount) <= GuestRuntimeLimits.outputByteCountMax - output.count else {
            throw .failed(
                .outputLimitExceeded,
                detail: "a result may have \(GuestRuntimeLimits.outputByteCountMax) bytes")
        }
        output.append(contentsOf: try read(address, byteCount: UInt64(byteCount)))
    }
}

// Blocks whose effects on registers, memory and counters are undone: SP1's unconstrained mode and RISC
// Zero's forked children.
extension GuestCore {
    /// Whether such a block is running.
    var isUnconstrained: Bool { suspended != nil }

    /// Starts a block. The caller has checked that none is running.
    mutating func suspend() {
        suspended = (machine.state, machine.textIsModified)
        machine.memory.takeSnapshot()
        machine.state.remainingCycles = unconstrainedCyclesLeft
    }

    /// Ends the block: everything is as it was at `suspend`, the pc at its environment call.
    mutating func resume() {
        guard let before = suspended else { return }
        unconstrainedCyclesLeft = max(0, machine.state.remainingCycles)
        machine.memory.restoreSnapshot()
        machine.state = before.state
        machine.textIsModified = before.textIsModified
        suspended = nil
    }
}
