import Bytes
import EthCrypto

extension GuestCore {
    /// Applies Keccak-f[1600] to 25 lanes of 8 bytes, least significant first.
    mutating func permuteKeccak(from source: UInt32, to target: UInt32) throws(GuestStop) {
        let bytes = try permutedKeccak(from: source)
        try write(target, bytes.span)
    }

    /// The 25 lanes at an address after Keccak-f[1600].
    func permutedKeccak(from source: UInt32) throws(GuestStop) -> [UInt8] {
        let bytes = try read(source, byteCount: 200)
        var lanes = InlineArray<25, UInt64>(repeating: 0)
        for index in 0..<25 { lanes[index] = bytes.span.littleEndianUInt64(at: index * 8) }
        Keccak.permute(&lanes)
        var result: [UInt8] = []
        result.reserveCapacity(200)
        for index in 0..<25 { result.append(littleEndian: lanes[index]) }
        return result
    }
}
