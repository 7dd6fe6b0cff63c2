import RISCV

// From the user to the kernel and back.
extension RISCZeroV2Session {
    /// The causes of traps, by their places in the table of handlers.
    private enum TrapCause: UInt32 {
        case instructionMisaligned = 0
        case instructionFault = 1
        case illegalInstruction = 2
        case breakpoint = 3
        case loadMisaligned = 4
        case loadFault = 5
        case storeMisaligned = 6
        case storeFault = 7
        case environmentCall = 9
    }

    /// The user's ECALL, which is charged.
    mutating func callKernel() throws(GuestStop) {
        let handler = memory.word(AddressMap.callHandler)
        if Self.isHandler(handler) { return try enterKernel(at: handler) }
        host.core.beginCall()
        let stop = GuestStop.invalid(
            "ECALL, for which the kernel has no handler at \(HexText.word(handler))")
        guard handler >= AddressMap.userLow else { throw stop }
        host.core.abandonCall()
        try trap(.environmentCall) { stop }
    }

    /// The user's instruction that cannot be executed. It costs nothing.
    mutating func trap(_ fault: MachineFault) throws(GuestStop) {
        let stop = GuestStop.failed(fault.cause, detail: fault.detail)
        guard let cause = Self.cause(fault) else { throw stop }
        try trap(cause) { stop }
    }

    /// Goes on in the kernel's handler for a cause; without one the run ends.
    private mutating func trap(
        _ cause: TrapCause, orElse stop: () -> GuestStop
    ) throws(GuestStop) {
        let handler = memory.word(AddressMap.trapHandlers + cause.rawValue * 4)
        guard Self.isHandler(handler) else { throw stop() }
        try enterKernel(at: handler)
    }

    private mutating func enterKernel(at address: UInt32) throws(GuestStop) {
        try memory.setWord(AddressMap.returnAddress, host.core.machine.state.pc)
        exchangeRegisters()
        host.core.machine.state.pc = address
        mode = .machine
    }

    /// MRET: on behind the instruction that called the kernel.
    mutating func returnToUser() throws(GuestStop) {
        let address = memory.word(AddressMap.returnAddress)
        guard address >= AddressMap.userLow else {
            throw .failed(.invalidJump, detail: "MRET to behind \(HexText.word(address))")
        }
        host.core.countInstruction()
        exchangeRegisters()
        host.core.machine.state.pc = address &+ 4
        mode = .user
    }

    /// Puts the registers of the other mode in place.
    mutating func exchangeRegisters() {
        swap(&host.core.machine.state.registers, &parkedRegisters)
    }

    /// Whether an instruction that the decoder knows no operation for is MRET to the machine, which
    /// looks at the opcode, and at the function only as far as to tell MRET from ECALL and EBREAK.
    static func isReturn(_ word: UInt32) -> Bool {
        word & 0x707f == 0x73 && ![0, 1, 0x20].contains(word >> 25)
    }

    private static func isHandler(_ address: UInt32) -> Bool {
        address & 3 == 0 && address >= AddressMap.kernelLow && address < AddressMap.kernelHigh
    }

    /// Nil for what is no trap of the guest's.
    private static func cause(_ fault: MachineFault) -> TrapCause? {
        switch fault {
        case .misalignedTarget: .instructionMisaligned
        case .fetchOutside: .instructionFault
        // MRET outside machine mode ends the run.
        case .unimplementedInstruction(let word), .illegalInstruction(let word):
            isReturn(word) ? nil : .illegalInstruction
        case .breakpoint: .breakpoint
        case .misalignedLoad(let address): isUserData(address) ? .loadMisaligned : .loadFault
        case .loadOutside: .loadFault
        case .misalignedStore(let address): isUserData(address) ? .storeMisaligned : .storeFault
        case .storeOutside: .storeFault
        case .memoryCapReached, .hostRefused: nil
        }
    }

    private static func isUserData(_ address: UInt32) -> Bool {
        address >= AddressMap.userLow && address < AddressMap.kernelLow
    }
}
