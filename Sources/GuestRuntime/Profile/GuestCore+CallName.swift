import RISCV

extension GuestCore {
    /// What the guest is calling, in its machine's own words. Nothing here changes the guest.
    func callName(_ vm: GuestVM) -> String {
        switch vm {
        case .sp1: sp1CallName()
        case .risc0: riscZeroCallName()
        }
    }

    private func sp1CallName() -> String {
        let number = register(.t0)
        guard let syscall = SP1Syscall(rawValue: number) else {
            return "unknown \(HexText.word(number))"
        }
        // What a write does depends on where it goes.
        return syscall == .write ? "WRITE fd \(register(.a0))" : syscall.name
    }

    private func riscZeroCallName() -> String {
        switch register(.t0) {
        case 0: "HALT"
        case 1: "INPUT"
        case 2: softwareCallName()
        case 3: "SHA"
        case 4: "BIGINT"
        case 6: "BIGINT2"
        case let number: "unknown \(number)"
        }
    }

    /// The name that stands in memory at a2, without the path before it.
    private func softwareCallName() -> String {
        let address = register(.a2)
        let byteCountMax = UInt64(GuestRuntimeLimits.syscallNameByteCountMax)
        let room = max(UInt64(address), UInt64(machine.memory.high)) - UInt64(address)
        let count = min(byteCountMax, room)
        guard let bytes = try? machine.memory.read(address, byteCount: count),
            let end = bytes.firstIndex(of: 0),
            let syscall = NamedSyscall(fullName: String(decoding: bytes[..<end], as: UTF8.self))
        else {
            // The call itself says what is wrong with the name.
            return "SOFTWARE (unknown)"
        }
        let writes = syscall == .write || syscall == .read
        return writes ? "\(syscall.rawValue) fd \(register(.a3))" : syscall.rawValue
    }
}
