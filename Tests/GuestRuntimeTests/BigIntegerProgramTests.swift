import Bytes
import TestSupport
import Testing

@testable import GuestRuntime

/// A few hundred bytes that programs load from and store to.
struct TestMemory: BigIntegerMemory {
    var bytes: [UInt8]
    var registers: [Int]

    private func range(_ arena: Int, _ byteOffset: UInt64, _ count: Int) throws(GuestStop) -> Int {
        guard arena < registers.count else { throw .invalid("arena \(arena)") }
        let start = registers[arena] + Int(byteOffset)
        guard count == 0 || start + 8 * count <= bytes.count else { throw .invalid("outside") }
        return start
    }

    mutating func load(
        arena: Int, byteOffset: UInt64, into limbs: inout MutableSpan<UInt64>
    ) throws(GuestStop) {
        let start = try range(arena, byteOffset, limbs.count)
        for index in 0..<limbs.count {
            limbs[index] = bytes.span.littleEndianUInt64(at: start + 8 * index)
        }
    }

    mutating func store(
        arena: Int, byteOffset: UInt64, _ limbs: Span<UInt64>
    ) throws(GuestStop) {
        let start = try range(arena, byteOffset, limbs.count)
        for index in 0..<limbs.count {
            for byte in 0..<8 {
                bytes[start + 8 * index + byte] = UInt8(
                    truncatingIfNeeded: limbs[index] >> UInt64(8 * byte))
            }
        }
    }
}

@Suite struct BigIntegerProgramTests {
    /// Runs for Python to judge, with our own results.
    private struct Runs {
        private var interpreter = BigIntegerInterpreter()
        private var questions = ""
        private var answers: [String] = []
        private(set) var errorCount = 0

        /// Runs a program on a memory of so many random bytes.
        mutating func run(_ program: [UInt8], _ random: inout SeededRandom, byteCount: Int = 512) {
            let before = TestMemory(
                bytes: WideNumber(random: &random, limbCount: byteCount / 8).littleEndian(
                    byteCount),
                registers: (0..<32).map { _ in Int.random(in: 0..<byteCount, using: &random) })
            var memory = before
            var answer: String
            do throws(GuestStop) {
                let parsed = try BigIntegerProgram(parsing: program)
                try interpreter.run(parsed, &memory, workMax: 1 << 24)
                answer = Hex.encode(memory.bytes)
            } catch {
                // What Python has no limit for is not asked.
                guard case .failed(.invalidSyscall, let detail) = error,
                    !detail.contains("too long"), !detail.contains("integers of")
                else { return }
                answer = "error"
                errorCount += 1
            }
            let registers = before.registers.map { String($0, radix: 16) }
            questions +=
                "x\(Hex.encode(program)) \(Hex.encode(before.bytes)) "
                + registers.joined(separator: " ") + "\n"
            answers.append(answer)
        }

        /// How many runs there were, and which of them Python sees otherwise.
        func judge() throws -> (count: Int, wrong: [String]) {
            let lines = try PythonOracle.lines(
                "GuestRuntimeTests/Oracles/bibc.py", input: questions)
            let inputs = questions.split(separator: "\n")
            guard lines.count == answers.count else { return (0, ["\(lines.count) answers"]) }
            let wrong = answers.indices.filter { answers[$0] != lines[$0] }
            return (answers.count, wrong.map { "\(inputs[$0]): \(answers[$0])" })
        }
    }

    /// A program of sensible operations; most use earlier results.
    private func program(_ random: inout SeededRandom) -> BigIntegerAssembly {
        var program = BigIntegerAssembly()
        let types = [8, 16, 32, 40, 64, 96, 0].map { program.type(byteCount: $0) }
        let number = Int.random(in: 3..<14, using: &random)
        for index in 0..<number {
            let type = types.randomElement(using: &random) ?? 0
            let arena = Int.random(in: 0..<32, using: &random)
            let offset = Int.random(in: 0..<8, using: &random)
            let a = Int.random(in: 0..<max(1, index), using: &random)
            let b = Int.random(in: 0..<max(1, index), using: &random)
            let choice = Int.random(in: 0..<(index < 3 ? 3 : 12), using: &random)
            switch choice {
            case 0:
                let limbs = WideNumber(
                    random: &random, limbCount: Int.random(in: 0..<5, using: &random))
                _ = program.constant(limbs.limbs)
            case 1, 2: _ = program.load(type, arena: arena, offset: offset)
            case 3, 4: program.store(b, type, arena: arena, offset: offset)
            case 5, 6: _ = program.operation([8, 9].randomElement(using: &random) ?? 8, a, b)
            case 7, 8: _ = program.operation([11, 12].randomElement(using: &random) ?? 11, a, b)
            case 9: _ = program.inverse(a, b)
            default: _ = program.multiply(a, b)
            }
        }
        return program
    }

    @Test func randomProgramsMatchPython() throws {
        var random = SeededRandom(seed: 1_202)
        var runs = Runs()
        for _ in 0..<3000 { runs.run(program(&random).bytes(), &random) }
        let (count, wrong) = try runs.judge()
        #expect(wrong == [], "seed \(random.seed)")
        #expect(count > 2500 && runs.errorCount > 300 && count - runs.errorCount > 500)
    }

    /// Programs with bytes that were changed, cut off or made up: an error or a result, no trap.
    @Test func brokenProgramsMatchPython() throws {
        var random = SeededRandom(seed: 666)
        var runs = Runs()
        for _ in 0..<2000 {
            var bytes = program(&random).bytes()
            for _ in 0..<Int.random(in: 1..<6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] =
                    [0, 1, 0x7f, 0xff, UInt8(truncatingIfNeeded: random.next())]
                    .randomElement(using: &random) ?? 0
            }
            if random.next() % 4 == 0 {
                bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
            }
            runs.run(bytes, &random)
            runs.run(random.bytes(Int.random(in: 0..<200, using: &random)), &random)
        }
        let (count, wrong) = try runs.judge()
        #expect(wrong == [], "seed \(random.seed)")
        #expect(count > 2000 && count - runs.errorCount > 100)
    }

    /// What published libraries compute, against Python's own arithmetic.
    @Test func knownComputationsMatchPython() throws {
        var random = SeededRandom(seed: 3)
        var questions = IntegerQuestions()
        var interpreter = BigIntegerInterpreter()
        func run(
            _ program: BigIntegerAssembly, _ inputs: [WideNumber], _ limbCount: Int, results: Int
        ) throws -> [WideNumber] {
            let stride = 8 * limbCount
            var memory = TestMemory(
                bytes: inputs.flatMap { $0.littleEndian(stride) }
                    + [UInt8](repeating: 0xcc, count: stride * results),
                registers: (0..<32).map { max(0, $0 - 11) * stride })
            try interpreter.run(
                BigIntegerProgram(parsing: program.bytes()), &memory, workMax: .max)
            return (0..<results).map { index in
                let start = (inputs.count + index) * stride
                return WideNumber(littleEndian: memory.bytes[start..<start + stride])
            }
        }
        for (byteCount, rounds) in [(32, 200), (48, 50), (512, 5)] {
            let limbCount = byteCount / 8
            let product = BigIntegerAssembly.modularProduct(byteCount: UInt64(byteCount))
            let power = BigIntegerAssembly.power65537(byteCount: UInt64(byteCount))
            for _ in 0..<rounds {
                let numbers = (0..<3).map { _ in
                    WideNumber(random: &random, limbCount: limbCount)
                }
                guard !numbers[2].isZero else { continue }
                let found = try run(product, numbers, limbCount, results: 1)
                questions.ask("mulmod", numbers, answer: "\(found[0])")
                let pair = [numbers[0], numbers[2]]
                let powers = try run(power, pair, limbCount, results: 1)
                questions.ask(
                    "pow", [pair[0], WideNumber([65537]), pair[1]], answer: "\(powers[0])")
            }
        }
        // secp256k1's prime. The formulas don't ask whether the points are on a curve.
        let prime: [UInt64] = [0xffff_fffe_ffff_fc2f, .max, .max, .max]
        let addition = BigIntegerAssembly.pointAddition(prime: prime)
        for _ in 0..<200 {
            let numbers = (0..<4).map { _ in
                var number = WideNumber(random: &random, limbCount: 4)
                number.limbs[3] >>= 1
                return number
            }
            guard numbers[0].limbs != numbers[2].limbs else { continue }
            // Two numbers of 32 bytes make one of 64.
            let points = [numbers[0...1], numbers[2...3]].map { pair in
                WideNumber(pair.flatMap(\.limbs))
            }
            let sum = try run(addition, points, 8, results: 1)[0].limbs
            let answer = "\(WideNumber(Array(sum[0..<4]))) \(WideNumber(Array(sum[4..<8])))"
            questions.ask("add_points", numbers + [WideNumber(prime)], answer: answer)
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    private func failure(_ program: BigIntegerAssembly, workMax: UInt64 = .max) -> String {
        var interpreter = BigIntegerInterpreter()
        var memory = TestMemory(
            bytes: [UInt8](repeating: 0xff, count: 64), registers: Array(repeating: 0, count: 32))
        do throws(GuestStop) {
            try interpreter.run(
                BigIntegerProgram(parsing: program.bytes()), &memory, workMax: workMax)
            return ""
        } catch {
            guard case .failed(_, let detail) = error else { return "\(error)" }
            return detail
        }
    }

    @Test func reasonsAreNamed() {
        var program = BigIntegerAssembly()
        let type = program.type(byteCount: 16)
        let wide = program.type(byteCount: 17)
        let none = program.type(byteCount: 0)
        let huge = program.type(byteCount: 1 << 40)
        let (zero, one) = (program.constant([]), program.constant([1]))
        let full = program.load(wide, arena: 1)
        let cases: [(String, (inout BigIntegerAssembly) -> Void)] = [
            ("", { $0.store(one, type, arena: 0) }),
            ("", { $0.store(zero, none, arena: 0) }),
            ("stores 8 bytes in 0", { $0.store(one, none, arena: 0) }),
            ("stores 32 bytes in 16", { $0.store(full, type, arena: 0) }),
            ("stores a negative", { $0.store($0.subtract(zero, one), type, arena: 0) }),
            ("divides by zero", { _ = $0.quotient(one, zero) }),
            ("divides by zero", { _ = $0.remainder(one, zero) }),
            ("divides by zero", { _ = $0.inverse(one, zero) }),
            ("no inverse", { _ = $0.inverse(zero, full) }),
            ("no inverse", { _ = $0.inverse(full, one) }),
            ("the result of operation 3", { _ = $0.add(0, 3) }),
            ("the result of operation 77", { $0.store(77, type, arena: 0) }),
            ("", { $0.store(3, type, arena: 0) }),
            ("unknown code 7", { $0.operation(7, 0, 0) }),
            ("names type 9 of 4", { _ = $0.load(9, arena: 0) }),
            ("names constant 1 of 1", { $0.operation(2, 0, 2) }),
            ("integers of 1099511627776 bytes", { _ = $0.load(huge, arena: 0) }),
            ("outside", { _ = $0.load(type, arena: 0, offset: 0xffff) }),
            ("arena 255", { _ = $0.load(type, arena: 255) }),
        ]
        for (reason, append) in cases {
            var changed = program
            append(&changed)
            let found = failure(changed)
            #expect(reason.isEmpty ? found.isEmpty : found.contains(reason), "\(found)")
        }
    }

    /// Squares that double in length at each operation, and work without end.
    @Test func lengthsAndWorkAreBounded() {
        var program = BigIntegerAssembly()
        var value = program.constant([.max, .max])
        for _ in 0..<40 { value = program.multiply(value, value) }
        #expect(failure(program).contains("too long"))
        // A thousand copies of a long number are more than a program may hold.
        var many = BigIntegerAssembly()
        _ = many.constant([UInt64](repeating: .max, count: 1000))
        for _ in 0..<1100 { _ = many.operation(2, 0, 1000) }
        #expect(failure(many).contains("too long"))
        #expect(failure(many, workMax: 100_000).contains("steps of arithmetic"))
        var product = BigIntegerAssembly()
        let factor = product.constant([UInt64](repeating: 1, count: 513))
        _ = product.multiply(factor, factor)
        #expect(failure(product).contains("too long"))
    }

    @Test func headersAreChecked() {
        let good = BigIntegerAssembly.modularProduct(byteCount: 32).bytes()
        let changes: [(Int, UInt8, String)] = [
            (0, 0, "bibc"), (4, 2, "version is 2"), (11, 0xff, "ends before"),
            (15, 0xff, "ends before"), (19, 0xff, "ends before"), (23, 0xff, "ends before"),
        ]
        for (index, byte, reason) in changes {
            var bytes = good
            bytes[index] = byte
            #expect {
                _ = try BigIntegerProgram(parsing: bytes)
            } throws: { error in
                guard case .failed(_, let detail) = error as? GuestStop else { return false }
                return detail.contains(reason)
            }
        }
        for count in 0..<good.count {
            let bytes = Array(good.prefix(count))
            #expect(throws: GuestStop.self) { _ = try BigIntegerProgram(parsing: bytes) }
        }
    }
}
