import Bytes
import EthCrypto
import RISCV

extension GuestCore {
    /// A SHA-256 state after so many blocks, whose halves lie 64 bytes apart at two addresses. The state
    /// is the standard's 32 bytes, in memory and here. The caller has checked the ranges of the blocks.
    func compressed(
        stateAt address: UInt32, halves: (UInt32, UInt32), blockCount: UInt32
    ) throws(GuestStop) -> [UInt8] {
        let bytes = try read(address, byteCount: 32)
        var state = InlineArray<8, UInt32>(repeating: 0)
        for index in 0..<8 { state[index] = bytes.span.bigEndianUInt32(at: 4 * index) }
        var block = [UInt8](repeating: 0, count: 64)
        for index in 0..<blockCount {
            // Inside the checked ranges, which do not wrap.
            fill(&block, from: 0, at: halves.0 &+ 64 &* index)
            fill(&block, from: 32, at: halves.1 &+ 64 &* index)
            SHA256.compress(state: &state, block: block.span)
        }
        var result: [UInt8] = []
        for index in 0..<8 { result.append(bigEndian: state[index]) }
        return result
    }

    /// Copies 32 bytes of checked memory.
    private func fill(_ block: inout [UInt8], from start: Int, at address: UInt32) {
        _ = machine.memory.withBytes(at: address, byteCount: 32) { half in
            for index in 0..<32 { block[start + index] = half[index] }
        }
    }
}
