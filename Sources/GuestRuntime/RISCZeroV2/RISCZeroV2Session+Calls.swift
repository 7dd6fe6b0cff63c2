import Bytes
import RISCV

// The machine's environment calls: number in a7, made by the kernel. What they cost is counted as the
// reference's executor counts its states (reference/zkvm.md 1.9).
extension RISCZeroV2Session {
    /// The kernel's ECALL, one cycle of which is charged.
    mutating func answerKernel() throws(GuestStop) {
        host.core.beginCall()
        switch host.core.register(.a7) {
        case 0: try terminate()
        case 1: try readFromHost()
        case 2: try writeToHost()
        case 3: try poseidon2()
        case 4: try sha2()
        case 5: try bigInteger()
        case let number:
            throw .failed(.unknownSyscall, detail: "machine call \(number): there are 0 to 5")
        }
    }

    /// Charges a call with what it costs altogether, and goes on behind it.
    mutating func finishCall(cycles: UInt64) {
        host.core.charge(cycles - 1)
        host.core.finishCall()
    }

    /// TERMINATE: a0 = kind and, from bit 16 on, the exit code. The output digest is in its own words.
    ///
    /// It costs two cycles and needs both: a job succeeds if, and only if, its limit is at least what it
    /// costs (DESIGN.md section 4). The reference's executor looks at the limit before an instruction
    /// only, so there one cycle less does for this last one. The costs are the same.
    private mutating func terminate() throws(GuestStop) {
        guard host.core.machine.state.remainingCycles >= 1 else {
            host.core.abandonCall()
            throw .cycleLimit
        }
        let kind = host.core.register(.a0) & 0xffff
        guard kind <= 1 else {
            throw .invalid("TERMINATE of kind \(kind): 0 (terminate) or 1 (pause) is needed")
        }
        let digest = memory.read(AddressMap.outputDigest, byteCount: 32)
        // The journal belongs to the run only when the guest says what its output is.
        if digest.allSatisfy({ $0 == 0 }) { host.core.output = [] }
        host.core.charge(1)
        throw .halted(exitCode: host.core.register(.a0) >> 16)
    }

    /// READ: a0 = 0 for the last syscall's two registers, or the address of a syscall's name; a1, a2 =
    /// where to and how many bytes. Gives how many in a0.
    private mutating func readFromHost() throws(GuestStop) {
        let source = host.core.register(.a0)
        let (address, byteCount) = try transfer("READ")
        guard byteCount == 0 || address >= AddressMap.userLow else {
            throw GuestStop(.outside(address: address, byteCount: UInt64(byteCount)))
        }
        let bytes = source == 0 ? try lastAnswer(byteCount) : try perform(source, byteCount)
        try write(address, bytes.span)
        // At most 1024 bytes.
        host.core.setRegister(.a0, UInt32(bytes.count))
        finishCall(cycles: Self.readCycles(address: address, byteCount: UInt64(bytes.count)))
    }

    /// Two cycles, one for each byte before a word and behind the last, one for up to four words.
    static func readCycles(address: UInt32, byteCount: UInt64) -> UInt64 {
        let before = min(byteCount, UInt64((0 &- address) & 3))
        let rest = byteCount - before
        return 2 + before + (rest / 4 + 3) / 4 + rest % 4
    }

    private func lastAnswer(_ byteCount: Int) throws(GuestStop) -> [UInt8] {
        guard byteCount >= 8, byteCount & 3 == 0 else {
            throw .invalid("READ of \(byteCount) bytes of the last answer: it has 8")
        }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: answer.a0)
        bytes.append(littleEndian: answer.a1)
        return bytes
    }

    /// Answers a syscall whose name lies at an address, with the user's registers as its arguments.
    private mutating func perform(_ name: UInt32, _ byteCount: Int) throws(GuestStop) -> [UInt8] {
        exchangeRegisters()
        defer { exchangeRegisters() }
        let syscall = try host.namedSyscall(at: name)
        // The buffer has whole words; what of them the kernel did not ask for is left out.
        let bufferByteCount = (byteCount + 3) & ~3
        let reply = try host.perform(syscall, bufferByteCount: bufferByteCount)
        answer = (reply.a0, reply.a1)
        var bytes = reply.bytes
        bytes.append(contentsOf: repeatElement(0, count: max(0, byteCount - bytes.count)))
        return [UInt8](bytes.prefix(byteCount))
    }

    /// WRITE: a1, a2 = text for the log, such as what a kernel says when it panics.
    private mutating func writeToHost() throws(GuestStop) {
        let (address, byteCount) = try transfer("WRITE")
        let text = try read(address, byteCount: byteCount)
        guard GuestCore.isUTF8(text.span) else { throw .invalid("text that is not UTF-8") }
        host.core.console.append(text.span)
        // At most 1024 bytes.
        host.core.setRegister(.a0, UInt32(byteCount))
        finishCall(cycles: 2)
    }

    private func transfer(_ name: String) throws(GuestStop) -> (address: UInt32, byteCount: Int) {
        let (address, byteCount) = (host.core.register(.a1), host.core.register(.a2))
        guard byteCount <= GuestRuntimeLimits.machineTransferByteCountMax else {
            throw .invalid(
                "\(name) of \(byteCount) bytes: "
                    + "\(GuestRuntimeLimits.machineTransferByteCountMax) at most")
        }
        guard !address.addingReportingOverflow(byteCount).overflow else {
            throw GuestStop(.outside(address: address, byteCount: UInt64(byteCount)))
        }
        return (address, Int(byteCount))
    }
}
