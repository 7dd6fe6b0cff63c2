import Bytes
import GuestRuntime
import TestSupport
import Testing

/// The hooks 17, 20 and 21 as guests call them, with Python as the judge.
@Suite struct IntegerHookTests {
    /// Calls a hook for each input, one after the other, and commits what it answered.
    private func answers(
        _ fd: UInt32, _ inputs: [[UInt8]], _ lengths: [Int]
    ) throws -> [[[UInt8]]] {
        let data = GuestAssembly.data
        var text: [UInt32] = []
        var bytes: [UInt8] = []
        let target = data + 0x8000
        for input in inputs {
            text += GuestAssembly.call(2, fd, data + UInt32(bytes.count), UInt32(input.count))
            for length in lengths {
                text += GuestAssembly.call(0xf1, target, UInt32(length))
                text += GuestAssembly.call(2, 13, target, UInt32(length))
            }
            bytes += input + [UInt8](repeating: 0, count: -input.count & 3)
        }
        let outcome = try GuestAssembly.run(.sp1, text + GuestAssembly.sp1Halt, data: bytes)
        #expect(outcome.status == .succeeded, "\(outcome.status)")
        var output = outcome.output[...]
        return inputs.map { _ in
            lengths.map { length in
                let part = Array(output.prefix(length))
                output = output.dropFirst(length)
                return part
            }
        }
    }

    private func failure(_ fd: UInt32, _ input: [UInt8]) throws -> GuestFailure? {
        let call = GuestAssembly.call(2, fd, GuestAssembly.data, UInt32(input.count))
        return try GuestAssembly.run(.sp1, call + GuestAssembly.sp1Halt, data: input).failure
    }

    private func input(_ length: Int, _ numbers: [WideNumber]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(length))
        return bytes + numbers.flatMap { $0.littleEndian(length).reversed() }
    }

    @Test func rsaProductsMatchPython() throws {
        var random = SeededRandom(seed: 2048)
        var questions = IntegerQuestions()
        for _ in 0..<8 {
            var pairs: [(WideNumber, WideNumber)] = []
            for _ in 0..<20 {
                let modulus = WideNumber(random: &random, limbCount: 32)
                var product = WideNumber(random: &random, limbCount: 64)
                // The quotient has 256 bytes when the upper half is below the modulus.
                if product.limbs[63] >= modulus.limbs[31] { product.limbs[63] = 0 }
                if product.limbs[63] == 0, modulus.limbs[31] == 0 { continue }
                pairs.append((product, modulus))
            }
            let inputs = pairs.map { $0.0.littleEndian(512) + $0.1.littleEndian(256) }
            for (pair, answer) in zip(pairs, try answers(17, inputs, [256, 256])) {
                let numbers = answer.map { WideNumber(littleEndian: $0) }
                questions.ask("divmod", [pair.0, pair.1], answer: "\(numbers[1]) \(numbers[0])")
            }
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
        // More bits than there is room for are dropped.
        let large = WideNumber([UInt64](repeating: .max, count: 64))
        let cut = try answers(
            17, [large.littleEndian(512) + WideNumber([1]).littleEndian(256)], [256, 256])
        #expect(cut == [[[UInt8](repeating: 0, count: 256), [UInt8](repeating: 255, count: 256)]])
        #expect(try failure(17, [UInt8](repeating: 0, count: 768))?.cause == .invalidSyscall)
        #expect(try failure(17, [UInt8](repeating: 1, count: 767))?.cause == .invalidSyscall)
    }

    /// Primes of all shapes, and numbers that are none: odd, even, powers of two.
    private func moduli(_ random: inout SeededRandom) throws -> [WideNumber] {
        let lines = try PythonOracle.lines("GuestRuntimeTests/Oracles/field_hooks.py", ["moduli"])
        return lines.map { WideNumber(hex: $0[...]) }
            + (0..<30).map { _ in
                WideNumber(random: &random, limbCount: Int.random(in: 1...4, using: &random))
            }.filter { $0.significant != [1] && !$0.isZero }
    }

    /// Asks the reference in Python for each input, and compares answers and failures.
    private func compare(_ fd: UInt32, _ inputs: [[UInt8]], lengths: (Int) -> [Int]) throws {
        let text = inputs.map { "\(fd) x\(Hex.encode($0))\n" }.joined()
        let lines = try PythonOracle.lines("GuestRuntimeTests/Oracles/field_hooks.py", input: text)
        #expect(lines.count == inputs.count)
        for (input, line) in zip(inputs, lines) {
            if line == "error" {
                let cause = try failure(fd, input)?.cause
                #expect(cause == .invalidSyscall, "\(fd) \(Hex.encode(input))")
            } else {
                let found = try answers(fd, [input], lengths(input.count))[0]
                #expect(
                    found.map(Hex.encode).joined(separator: " ") == line,
                    "\(fd) \(Hex.encode(input))")
            }
        }
    }

    @Test func inversesMatchPython() throws {
        var random = SeededRandom(seed: 21)
        var inputs: [[UInt8]] = []
        for modulus in try moduli(&random) {
            let length = modulus.significant.count * 8
            for _ in 0..<4 {
                let number = WideNumber(random: &random, limbCount: modulus.significant.count)
                inputs.append(input(length, [number, modulus]))
            }
            inputs.append(input(length, [modulus, modulus]))
            inputs.append(input(length, [WideNumber([1]), modulus]))
        }
        for small in 0..<12 as Range<UInt64> {
            inputs += (0..<6).map { input(1, [WideNumber([$0]), WideNumber([small])]) }
        }
        try compare(21, inputs) { [($0 - 4) / 2] }
    }

    @Test func squareRootsMatchPython() throws {
        var random = SeededRandom(seed: 20)
        var inputs: [[UInt8]] = []
        for modulus in try moduli(&random) {
            let length = modulus.significant.count * 8
            for nonResidue in [2, 3, 5, 7] as [UInt64] {
                let numbers = [
                    WideNumber(random: &random, limbCount: modulus.significant.count),
                    WideNumber([random.next()]), WideNumber([4]), WideNumber([]),
                ]
                inputs += numbers.map {
                    input(length, [$0, modulus, WideNumber([nonResidue])])
                }
            }
        }
        for small in 0..<24 as Range<UInt64> {
            for number in 0...small {
                for nonResidue in 0..<min(4, small + 1) {
                    inputs.append(
                        input(1, [number, small, nonResidue].map { WideNumber([$0]) }))
                }
            }
        }
        try compare(20, inputs) { [1, ($0 - 4) / 3] }
    }

    @Test func lengthsAreChecked() throws {
        for fd in [20, 21] as [UInt32] {
            let long = input(513, [WideNumber([3]), WideNumber([5])])
            for bytes in [[], [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1, 3, 5, 2, 1], long] {
                #expect(try failure(fd, bytes)?.cause == .invalidSyscall)
            }
            let huge: [UInt8] = [0xff, 0xff, 0xff, 0xff, 1, 2, 3]
            #expect(try failure(fd, huge)?.cause == .invalidSyscall)
        }
    }

    /// 2^4095 + 1 less one has so many twos that one root is more work than a job may take.
    @Test func workIsBounded() throws {
        var modulus = WideNumber([UInt64](repeating: 0, count: 64))
        (modulus.limbs[0], modulus.limbs[63]) = (1, 1 << 63)
        let input = input(512, [WideNumber([4]), modulus, WideNumber([3])])
        #expect(try failure(20, input)?.cause == .hostWorkLimitExceeded)
    }
}
