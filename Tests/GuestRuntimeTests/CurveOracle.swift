import Bytes
import TestSupport

/// A call of a curve or field precompile: the memory at a0 and a1, or the number in a1.
struct CurveCall {
    let name: String
    let number: UInt32
    /// What is at a0.
    let first: [UInt8]
    /// What is at a1; a decompression's sign as four bytes.
    var second: [UInt8]

    /// The line of the oracle's input.
    var line: String {
        let operands = name.hasSuffix("DOUBLE") ? [first] : [first, second]
        return ([name] + operands.map { Hex.encode($0) }).joined(separator: " ")
    }
}

/// Curves, fields and their precompiles as the tests see them.
struct CurveFamily {
    let name: String
    let byteCount: Int
    /// The prime, least significant byte first.
    let prime: [UInt8]
    /// A point of the curve, as a precompile wants it.
    let generator: [UInt8]
    let add: UInt32
    let double: UInt32?
    let decompress: UInt32?

    static let all: [CurveFamily] = [
        CurveFamily(
            name: "SECP256K1",
            prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
            x: "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            y: "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
            add: 0x0001_010a, double: 0x0000_010b, decompress: 0x0000_010c),
        CurveFamily(
            name: "SECP256R1",
            prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            x: "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            y: "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
            add: 0x0001_012c, double: 0x0000_012d, decompress: 0x0000_012e),
        CurveFamily(
            name: "BN254",
            prime: "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47",
            x: "0000000000000000000000000000000000000000000000000000000000000001",
            y: "0000000000000000000000000000000000000000000000000000000000000002",
            add: 0x0001_010e, double: 0x0000_010f, decompress: nil),
        CurveFamily(
            name: "BLS12381",
            prime: "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf"
                + "6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
            x: "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905"
                + "a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
            y: "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af6"
                + "00db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1",
            add: 0x0001_011e, double: 0x0000_011f, decompress: 0x0000_011c),
        CurveFamily(
            name: "ED",
            prime: "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
            x: "216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a",
            y: "6666666666666666666666666666666666666666666666666666666666666658",
            add: 0x0001_0107, double: nil, decompress: 0x0000_0108),
    ]

    private init(
        name: String, prime: String, x: String, y: String, add: UInt32, double: UInt32?,
        decompress: UInt32?
    ) {
        func bytes(_ text: String) -> [UInt8] { (Hex.decode(text) ?? []).reversed() }
        self.name = name
        self.prime = bytes(prime)
        byteCount = self.prime.count
        generator = bytes(x) + bytes(y)
        (self.add, self.double, self.decompress) = (add, double, decompress)
    }

    /// Coordinates that are special: 0, 1, p - 1, p, p + 1, all ones.
    var edges: [[UInt8]] {
        let zero = [UInt8](repeating: 0, count: byteCount)
        var (one, below, above) = (zero, prime, prime)
        one[0] = 1
        below[0] -= 1
        above[0] &+= 1
        return [zero, one, below, prime, above, [UInt8](repeating: 0xff, count: byteCount)]
    }

    /// A random coordinate, now and then a special one or one that may be above the prime.
    func coordinate(_ random: inout SeededRandom) -> [UInt8] {
        if Int.random(in: 0..<8, using: &random) == 0 {
            return edges.randomElement(using: &random) ?? prime
        }
        var bytes = random.bytes(byteCount)
        // All but every fourth are below the prime, or about half as large.
        if Int.random(in: 0..<4, using: &random) > 0 {
            bytes[byteCount - 1] = .random(in: 0...prime[byteCount - 1], using: &random)
        }
        return bytes
    }
}
