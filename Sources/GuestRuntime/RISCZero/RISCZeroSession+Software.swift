import Bytes
import RISCV

extension RISCZeroSession {
    /// What a named syscall answers: two registers, and the beginning of the guest's buffer, whose rest
    /// becomes zero.
    struct Reply {
        var a0: UInt32 = 0
        var a1: UInt32 = 0
        var bytes: [UInt8] = []
    }

    /// SOFTWARE: a0 = buffer or 0, a1 = its length in words, a2 = name, a3 on = arguments.
    mutating func software() throws(GuestStop) {
        let (buffer, wordCount) = (core.register(.a0), core.register(.a1))
        let byteCount = UInt64(wordCount) * 4
        if buffer != 0 {
            guard buffer & 3 == 0 else {
                throw .invalid("buffer at \(HexText.word(buffer)): a multiple of 4 is needed")
            }
            try core.check(buffer, byteCount: byteCount)
        }
        guard byteCount <= UInt64(GuestRuntimeLimits.riscZeroMemoryByteCountMax) else {
            throw .invalid("a buffer of \(wordCount) words is larger than the guest's memory")
        }
        let syscall = try namedSyscall(at: core.register(.a2))
        if syscall == .fork { return try fork() }
        if syscall == .exit { return try exitChild() }
        var reply = try perform(syscall, bufferByteCount: Int(byteCount))
        if buffer != 0, wordCount > 0 {
            reply.bytes.append(
                contentsOf: repeatElement(0, count: max(0, Int(byteCount) - reply.bytes.count)))
            try core.write(buffer, reply.bytes.span)
        }
        finish(reply, wordCount: wordCount)
    }

    private mutating func finish(_ reply: Reply, wordCount: UInt32) {
        core.setRegister(.a0, reply.a0)
        core.setRegister(.a1, reply.a1)
        core.charge((UInt64(wordCount) + 3) / 4 + 1)
        core.finishCall()
    }

    /// The syscall whose name is the text at an address.
    func namedSyscall(at address: UInt32) throws(GuestStop) -> NamedSyscall {
        let name = try name(at: address)
        guard let syscall = NamedSyscall(fullName: name, version: version) else {
            throw .failed(
                .unknownSyscall, detail: "\"\(name)\" is none of RISC Zero \(version)'s")
        }
        return syscall
    }

    /// The text up to a zero byte.
    private func name(at address: UInt32) throws(GuestStop) -> String {
        var bytes: [UInt8] = []
        while bytes.count < Int(GuestRuntimeLimits.syscallNameByteCountMax) {
            // The length so far is at most 256; past the end of memory `read` throws.
            let byte = try core.read(address &+ UInt32(bytes.count), byteCount: 1)[0]
            guard byte != 0 else {
                guard GuestCore.isUTF8(bytes.span) else {
                    throw .invalid("the name of a syscall is not UTF-8")
                }
                return String(decoding: bytes, as: UTF8.self)
            }
            bytes.append(byte)
        }
        throw .invalid("the name of a syscall has no end")
    }

    /// Answers a syscall. Its arguments are in the registers from a3 on.
    mutating func perform(
        _ syscall: NamedSyscall, bufferByteCount: Int
    ) throws(GuestStop) -> Reply {
        switch syscall {
        case .argumentCount: return Reply()
        case .argument: throw .invalid("SYS_ARGV of \(core.register(.a3)): there are no arguments")
        case .cycleCount:
            let cycles = userCycles
            return Reply(
                a0: UInt32(truncatingIfNeeded: cycles >> 32), a1: UInt32(truncatingIfNeeded: cycles)
            )
        case .getEnvironment: return try getEnvironment()
        case .keccak where version == .v1:
            return try keccak(bufferByteCount, from: core.register(.a3))
        case .keccak: return try keccakInBatch(bufferByteCount)
        case .log: return try log()
        case .panic: throw try panic()
        case .pipe: return try openPipe(bufferByteCount)
        case .random: return Reply(bytes: random.next(bufferByteCount))
        case .read: return try read(bufferByteCount)
        case .verifyIntegrity:
            throw .invalid("SYS_VERIFY_INTEGRITY: no receipts were supplied to verify")
        case .verifyIntegrity2: return try recordAssumption()
        case .write: return try write()
        // Requests to the prover. There is none, and the guest learns nothing from the answer.
        case .executeZKR, .proveZKR, .proveKeccak: return Reply()
        // Both were answered by the caller.
        case .fork, .exit: return Reply()
        }
    }

    /// The cycles before this instruction, which is charged already unless a child executes it. To v2's
    /// host it is the kernel's call, whose first cycle counts.
    private var userCycles: UInt64 {
        core.cycles - (version == .v2 || core.isUnconstrained ? 0 : 1)
    }

    /// No variable is set.
    private mutating func getEnvironment() throws(GuestStop) -> Reply {
        _ = try text(.a3, .a4)
        return Reply(a0: .max)
    }

    /// SYS_KECCAK: the state at an address, permuted, for a buffer that has to be as large.
    func keccak(_ bufferByteCount: Int, from address: UInt32) throws(GuestStop) -> Reply {
        guard bufferByteCount == 200 else {
            throw .invalid(
                "SYS_KECCAK with a buffer of \(bufferByteCount / 4) words: 50 are needed")
        }
        return Reply(bytes: try core.permutedKeccak(from: address))
    }

    private mutating func log() throws(GuestStop) -> Reply {
        let message = try text(.a3, .a4)
        core.console.append(Array("R0VM[\(userCycles)] ".utf8).span)
        core.console.append(message.span)
        core.console.append(Array("\n".utf8).span)
        return Reply()
    }

    private mutating func panic() throws(GuestStop) -> GuestStop {
        let message = try text(.a3, .a4)
        let shown = message.prefix(Int(GuestRuntimeLimits.panicMessageByteCountMax))
        return .failed(.guestPanicked, detail: String(decoding: shown, as: UTF8.self))
    }

    /// The UTF-8 text at the address and of the length in two registers.
    private mutating func text(
        _ address: Register, _ length: Register
    ) throws(GuestStop) -> [UInt8] {
        let byteCount = UInt64(core.register(length))
        try core.countUncharged(byteCount)
        let bytes = try core.read(core.register(address), byteCount: byteCount)
        guard GuestCore.isUTF8(bytes.span) else { throw .invalid("text that is not UTF-8") }
        return bytes
    }
}
