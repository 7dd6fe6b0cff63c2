import Bytes

// Syscalls that RISC Zero v2 has in another form or in addition (reference/zkvm.md 1.5).
extension RISCZeroSession {
    /// SYS_KECCAK: a3 = 0 permutes the state at a4; 1 asks for the proof of all that were permuted, with
    /// digests of the claim and of the circuit at a4 and a5. There is no prover to ask.
    mutating func keccakInBatch(_ bufferByteCount: Int) throws(GuestStop) -> Reply {
        switch core.register(.a3) {
        case 0:
            guard keccakBatchCount < GuestRuntimeLimits.keccakBatchCountMax else {
                throw .invalid(
                    "SYS_KECCAK: the proof has to be asked for after "
                        + "\(GuestRuntimeLimits.keccakBatchCountMax) states")
            }
            var reply = try keccak(bufferByteCount, from: core.register(.a4))
            keccakBatchCount += 1
            reply.a0 = keccakBatchCount == GuestRuntimeLimits.keccakBatchCountMax ? 1 : 0
            return reply
        case 1:
            guard bufferByteCount == 0 else {
                throw .invalid("SYS_KECCAK in mode 1 with a buffer: none is needed")
            }
            try core.check(core.register(.a4), byteCount: 32)
            try core.check(core.register(.a5), byteCount: 32)
            keccakBatchCount = 0
            return Reply()
        case let mode: throw .invalid("SYS_KECCAK in mode \(mode): 0 or 1 is needed")
        }
    }

    /// SYS_VERIFY_INTEGRITY2: the guest's word is taken for what a proof would have to show.
    func recordAssumption() throws(GuestStop) -> Reply {
        guard core.register(.a4) == 64 else {
            throw .invalid(
                "SYS_VERIFY_INTEGRITY2 of \(core.register(.a4)) bytes: 64 (two digests) are needed")
        }
        try core.check(core.register(.a3), byteCount: 64)
        return Reply()
    }
}
