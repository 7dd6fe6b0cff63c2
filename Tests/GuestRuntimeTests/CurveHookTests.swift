import Bytes
import GuestRuntime
import TestSupport
import Testing

@Suite struct CurveHookTests {
    /// Compares what hooks answer with the oracle.
    private func compare(_ descriptor: UInt32, _ requests: [[UInt8]]) throws -> Int {
        let lines = try PythonOracle.lines(
            "GuestRuntimeTests/Oracles/curves.py",
            input: requests.map { "HOOK \(descriptor) \(Hex.encode($0))\n" }.joined())
        #expect(lines.count == requests.count)
        for (request, line) in zip(requests, lines) {
            let words = line == "fails" ? [] : line.split(separator: " ")
            let results = words.compactMap { Hex.decode(String($0)) }
            let outcome = try CurveGuest.answer(descriptor, request, lengths: results.map(\.count))
            if line == "fails" {
                #expect(outcome.failure?.cause == .invalidSyscall, "\(Hex.encode(request))")
                continue
            }
            #expect(outcome.status == .succeeded, "\(Hex.encode(request))")
            let padded = (results + [[0xaa, 0xbb]]).flatMap { result in
                result + [UInt8](repeating: 0, count: -result.count & 3)
            }
            #expect(outcome.output == padded, "\(Hex.encode(request))")
        }
        return lines.count { $0 == "fails" }
    }

    private func bigEndian(_ value: [UInt8]) -> [UInt8] { value.reversed() }

    /// ecrecover of v4 and later on both curves: roots and hints, both parities, numbers out of range.
    @Test(arguments: [UInt8(1), 2, 0, 3])
    func liftPoint(curve: UInt8) throws {
        let family = CurveFamily.all[curve == 2 ? 1 : 0]
        var random = SeededRandom(seed: 15)
        var requests: [[UInt8]] = []
        for parity in [0, 0x80] as [UInt8] {
            for r in family.edges + [random.bytes(32)] {
                for alpha in family.edges + [random.bytes(32), random.bytes(32)] {
                    requests.append([curve | parity] + bigEndian(r) + bigEndian(alpha))
                }
            }
        }
        for _ in 0..<40 {
            let parity = UInt8.random(in: 0...1, using: &random) << 7
            requests.append([curve | parity] + random.bytes(32) + random.bytes(32))
        }
        requests.append([curve] + random.bytes(63))
        requests.append([curve] + random.bytes(65))
        // Between the order and the prime.
        let order = bigEndian(family.prime).prefix(16) + [UInt8](repeating: 0xff, count: 16)
        requests.append([curve] + order + [UInt8](repeating: 0, count: 31) + [4])
        let failures = try compare(15, requests)
        #expect(curve == 1 || curve == 2 ? failures > 20 : failures == requests.count)
    }

    /// ecrecover of v1 to v3 against the definition.
    @Test func recoverKey() throws {
        var random = SeededRandom(seed: 5)
        var requests: [[UInt8]] = []
        for number in 0..<16 as Range<UInt8> {
            requests.append(random.bytes(64) + [number % 5] + random.bytes(32))
        }
        for number in 0..<30 as Range<UInt8> {
            requests.append(random.bytes(64) + [number & 1] + random.bytes(32))
        }
        let zero = [UInt8](repeating: 0, count: 32)
        var one = zero
        one[31] = 1
        let ones = [UInt8](repeating: 0xff, count: 32)
        for (r, s) in [(zero, one), (one, zero), (ones, one), (one, ones), (one, one)] {
            for number in 0..<4 as Range<UInt8> {
                requests.append(r + s + [number] + random.bytes(32))
                requests.append(r + s + [number] + zero)
            }
        }
        requests.append(random.bytes(96))
        requests.append(random.bytes(98))
        let failures = try compare(5, requests)
        #expect(failures > 10 && failures < requests.count - 10)
    }

    /// ed_decompress: points, no points, coordinates out of range, any v.
    @Test func edDecompress() throws {
        let family = CurveFamily.all[4]
        var random = SeededRandom(seed: 16)
        var requests: [[UInt8]] = []
        for y in family.edges + (0..<10).map({ _ in random.bytes(32) }) {
            for v in family.edges + (0..<4).map({ _ in random.bytes(32) }) {
                requests.append(y + v)
            }
        }
        requests.append(random.bytes(31))
        requests.append(random.bytes(32))
        let small = random.bytes(31) + [1]
        requests.append(small + small + [0, 0, 0])
        requests.append(small + small + [0, 0, 1])
        let failures = try compare(16, requests)
        #expect(failures > 10 && failures < requests.count / 2)
    }

    @Test(arguments: [UInt32(18), 19])
    func bls12381(descriptor: UInt32) throws {
        let family = CurveFamily.all[3]
        var random = SeededRandom(seed: 18)
        var requests = family.edges.map(bigEndian)
        for _ in 0..<40 {
            requests.append([.random(in: 0..<0x1a, using: &random)] + random.bytes(47))
        }
        for _ in 0..<10 { requests.append(random.bytes(48)) }
        requests.append(random.bytes(47))
        requests.append([3] + random.bytes(60))
        let failures = try compare(descriptor, requests)
        #expect(failures >= 2 && failures < 20)
    }

    @Test func hooksAreForTheirDialect() throws {
        // v4 and later refuse 5, and v1 to v3 ignore 15.
        let late = GuestAssembly.call(2, 13, GuestAssembly.data, 0)
        let early = GuestAssembly.call(2, 3, GuestAssembly.data, 0)
        let recover = GuestAssembly.call(2, 5, GuestAssembly.data, 97)
        let lift = GuestAssembly.call(2, 15, GuestAssembly.data, 65)
        let refused = try GuestAssembly.run(.sp1, late + recover + GuestAssembly.sp1Halt)
        #expect(refused.failure?.detail.contains("v4 and later refuse") == true)
        let ignored = try GuestAssembly.run(.sp1, early + lift + GuestAssembly.sp1Halt)
        #expect(ignored.status == .succeeded)
    }
}
