import Bytes
import EthCrypto
import RISCV

extension SP1Session {
    /// SHA_EXTEND: words 16 to 63 of the message schedule at a0, from words 0 to 15.
    mutating func shaExtend() throws(GuestStop) {
        let address = try wordAddress(.a0, "SHA_EXTEND")
        try core.check(address, byteCount: 256)
        var schedule = try words(at: address, InlineArray<64, UInt32>(repeating: 0))
        SHA256.extend(&schedule)
        try store(schedule, at: address)
    }

    /// SHA_COMPRESS: the 64 rounds over the schedule at a0, added to the state at a1. Words are in the
    /// guest's own order of bytes.
    mutating func shaCompress() throws(GuestStop) {
        let scheduleAddress = try wordAddress(.a0, "SHA_COMPRESS")
        let stateAddress = try wordAddress(.a1, "SHA_COMPRESS")
        let schedule = try words(at: scheduleAddress, InlineArray<64, UInt32>(repeating: 0))
        var state = try words(at: stateAddress, InlineArray<8, UInt32>(repeating: 0))
        SHA256.compress(state: &state, schedule: schedule)
        try store(state, at: stateAddress)
    }

    /// KECCAK_PERMUTE: Keccak-f[1600] over the 25 lanes at a0.
    mutating func keccakPermute() throws(GuestStop) {
        let address = try wordAddress(.a0, "KECCAK_PERMUTE")
        try core.permuteKeccak(from: address, to: address)
    }

    private func wordAddress(_ register: Register, _ name: String) throws(GuestStop) -> UInt32 {
        let address = core.register(register)
        guard address & 3 == 0 else {
            throw .invalid("\(name) at \(HexText.word(address)): a multiple of 4 is needed")
        }
        return address
    }

    private func words<let count: Int>(
        at address: UInt32, _ zeros: InlineArray<count, UInt32>
    ) throws(GuestStop) -> InlineArray<count, UInt32> {
        var words = zeros
        let bytes = try core.read(address, byteCount: UInt64(count * 4))
        for index in 0..<count { words[index] = bytes.span.littleEndianUInt32(at: index * 4) }
        return words
    }

    private mutating func store<let count: Int>(
        _ words: InlineArray<count, UInt32>, at address: UInt32
    ) throws(GuestStop) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 4)
        for index in 0..<count { bytes.append(littleEndian: words[index]) }
        try core.write(address, bytes.span)
    }
}
