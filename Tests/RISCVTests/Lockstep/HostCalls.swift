import TestSupport

/// What the host of a comparison does at an environment call: the same to both machines.
struct HostCalls {
    private let area: Range<UInt32>
    private let isCapped: Bool
    private var random = SeededRandom(seed: 5)

    init(_ loaded: LoadedProgram) {
        area = loaded.windows.first
        // What a snapshot and the host's own writes take of the cap is not the engines' affair.
        isCapped = loaded.setup.memoryByteCountMax < MachineSetup.sp1.memoryByteCountMax
    }

    /// Answers the call and goes on behind it. Registers and memory change as with real calls, memory
    /// sometimes in the text.
    mutating func answer(_ first: any ComparedMachine, _ second: any ComparedMachine) {
        let action = random.number(isCapped ? 2 : 6)
        let value = random.operand()
        let word = [UInt8](repeating: UInt8(value & 0xff), count: 4)
        let address = area.isEmpty ? 0 : area.lowerBound + random.number(UInt32(area.count))
        for machine in [first, second] {
            switch action {
            case 0: machine.setRegister(10, value)
            case 1:
                machine.setRegister(5, value)
                machine.setRegister(11, 0)
            case 2: _ = machine.write(address, word)
            case 3: machine.takeOrRestoreSnapshot()
            default: break
            }
            machine.pc = machine.pc &+ 4
        }
    }
}
