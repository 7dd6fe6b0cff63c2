import Bytes
import EthCrypto
import RISCV

// The machine's calls that hash.
extension RISCZeroV2Session {
    /// POSEIDON2: a0 = address of eight cells that are kept between calls, or 0; a1 = the input; a2 = the
    /// output; a3 = how many blocks, and flags.
    ///
    /// A block is sixteen cells of a word each, or as many halves of eight words. The kept cells are the
    /// last eight of 24, the output the first.
    mutating func poseidon2() throws(GuestStop) {
        let isElements = host.core.register(.a3) & 0x8000_0000 != 0
        let isCheck = host.core.register(.a3) & 0x4000_0000 != 0
        let blockCount = Int(host.core.register(.a3) & 0xffff)
        let kept = try host.core.wordAddress(.a0, "POSEIDON2")
        let input = try host.core.wordAddress(.a1, "POSEIDON2")
        let output = try host.core.wordAddress(.a2, "POSEIDON2")
        var cells = Poseidon2.Cells(repeating: 0)
        if kept != 0 {
            let words = try words(kept, count: 8)
            for index in 0..<8 { cells[16 + index] = words[index] }
        }
        let wordsPerBlock = isElements ? 16 : 8
        let data = try words(input, count: blockCount * wordsPerBlock)
        for start in stride(from: 0, to: data.count, by: wordsPerBlock) {
            for index in 0..<16 {
                cells[index] =
                    isElements
                    ? data[start + index]
                    : data[start + index / 2] >> UInt32(index % 2 * 16) & 0xffff
            }
            Poseidon2.permute(&cells)
        }
        let result = Self.bytes(of: cells, from: 0)
        if isCheck {
            guard try read(output, byteCount: 32) == result else {
                throw .invalid("POSEIDON2: the digest at \(HexText.word(output)) is another one")
            }
        } else {
            try write(output, result.span)
        }
        if kept != 0 { try write(kept, Self.bytes(of: cells, from: 16).span) }
        // Of at most 65,535 blocks.
        let perBlock: UInt64 = isElements ? 11 : 10
        finishCall(cycles: 3 + (kept != 0 ? 2 : 0) + perBlock * UInt64(blockCount))
    }

    /// SHA2: a0 = old state, a1 = new state, a2 = blocks, a3 = how many, a4 = the 64 round constants as
    /// words. States and blocks are in the standard's byte order.
    mutating func sha2() throws(GuestStop) {
        let (old, new) = (try hashedAddress(.a0), try hashedAddress(.a1))
        let (data, constants) = (try hashedAddress(.a2), try hashedAddress(.a4))
        let blockCount = host.core.register(.a3) & 0xffff
        guard blockCount <= GuestRuntimeLimits.machineSHABlockCountMax else {
            throw .invalid(
                "SHA2 of \(blockCount) blocks: "
                    + "\(GuestRuntimeLimits.machineSHABlockCountMax) at most")
        }
        let stateBytes = try read(old, byteCount: 32)
        var state = InlineArray<8, UInt32>(repeating: 0)
        for index in 0..<8 { state[index] = stateBytes.span.bigEndianUInt32(at: 4 * index) }
        try write(new, stateBytes.span)
        for index in 0..<blockCount {
            // At most ten blocks; where the sum wraps, `read` finds nothing.
            let block = try read(data &+ index * 64, byteCount: 64)
            // The state may have been written over the constants.
            Self.compress(&state, block, try words(constants, count: 64))
            try write(new, Self.bigEndian(state).span)
        }
        finishCall(cycles: 6 + 68 * UInt64(blockCount))
    }

    private static let standardConstants = (0..<64).map { SHA256.roundConstants[$0] }

    /// One block, with whatever constants the kernel has.
    private static func compress(
        _ state: inout InlineArray<8, UInt32>, _ block: [UInt8], _ constants: [UInt32]
    ) {
        if constants == standardConstants {
            return SHA256.compress(state: &state, block: block.span)
        }
        var schedule = InlineArray<64, UInt32>(repeating: 0)
        for index in 0..<16 { schedule[index] = block.span.bigEndianUInt32(at: 4 * index) }
        SHA256.extend(&schedule)
        // The standard's constants are added later: all sums are modulo 2^32.
        for index in 0..<64 {
            schedule[index] &+= constants[index] &- standardConstants[index]
        }
        SHA256.compress(state: &state, schedule: schedule)
    }

    /// An address, of which the machine looks at the word only.
    private func hashedAddress(_ register: Register) throws(GuestStop) -> UInt32 {
        let address = host.core.register(register)
        guard address >= AddressMap.userLow else {
            throw GuestStop(.outside(address: address, byteCount: 32))
        }
        return address & ~3
    }

    private static func bytes(of cells: Poseidon2.Cells, from first: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in first..<first + 8 { bytes.append(littleEndian: cells[index]) }
        return bytes
    }

    private static func bigEndian(_ state: InlineArray<8, UInt32>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<8 { bytes.append(bigEndian: state[index]) }
        return bytes
    }
}
