import Bytes
import EthCrypto

/// What a RISC Zero guest takes for randomness: SHA-256 over the seed and a counter of eight bytes, least
/// significant first, one digest after the other. The same seed gives the same bytes everywhere.
struct RandomStream {
    private let seed: Hash32
    private var counter: UInt64 = 0
    private var rest: ArraySlice<UInt8> = []

    init(seed: Hash32) {
        self.seed = seed
    }

    /// The next bytes.
    mutating func next(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            if rest.isEmpty { rest = block()[...] }
            let taken = rest.prefix(count - bytes.count)
            bytes.append(contentsOf: taken)
            rest = rest.dropFirst(taken.count)
        }
        return bytes
    }

    private mutating func block() -> [UInt8] {
        var input = seed.bytes
        input.append(littleEndian: counter)
        counter += 1
        return SHA256.hash(input).bytes
    }
}
