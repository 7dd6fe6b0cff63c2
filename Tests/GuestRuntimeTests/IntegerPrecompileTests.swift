import Bytes
import GuestRuntime
import TestSupport
import Testing

/// BIGINT and BIGINT2 of RISC Zero, UINT256_MUL and U256XU2048_MUL of SP1, as guests call them.
@Suite struct IntegerPrecompileTests {
    private let data = GuestAssembly.data
    private let assembly = RISCZeroAssembly()

    /// Numbers whose products RISC Zero can hold, or that have a modulus.
    private func triples(
        _ random: inout SeededRandom, withoutModulus: (inout [WideNumber]) -> Void
    ) -> [[WideNumber]] {
        (0..<300).map { index in
            var numbers = (0..<3).map { _ in WideNumber(random: &random, limbCount: 4) }
            if index % 5 == 0 { numbers[2] = WideNumber([0, 0, 0, 0]) }
            if numbers[2].isZero { withoutModulus(&numbers) }
            return numbers
        }
    }

    private func question(
        _ questions: inout IntegerQuestions, _ triples: [[WideNumber]], _ output: [UInt8]
    ) {
        #expect(output.count == triples.count * 32)
        for (index, numbers) in triples.enumerated() where output.count == triples.count * 32 {
            let found = WideNumber(littleEndian: output[(index * 32)..<(index * 32 + 32)])
            questions.ask("mulmod256", numbers, answer: "\(found)")
        }
    }

    @Test func bigIntegerMatchesPython() throws {
        var random = SeededRandom(seed: 4)
        var questions = IntegerQuestions()
        for _ in 0..<3 {
            let triples = triples(&random) { numbers in
                numbers[0].limbs[2...] = [0, 0]
                numbers[1].limbs[2...] = [0, 0]
            }
            var text: [UInt32] = []
            for index in 0..<UInt32(triples.count) {
                let x = data + 0x2000 + index * 96
                text += GuestAssembly.call(4, data + 0xa000 + index * 32, 0, x, x + 32, x + 64)
            }
            let commit = assembly.commit(data + 0xa000, UInt32(triples.count * 32))
            let bytes = triples.flatMap { $0.flatMap { $0.littleEndian(32) } }
            let outcome = try run(text + commit + assembly.halt, bytes)
            question(&questions, triples, outcome.output)
            // Ten cycles for each call and twelve instructions before it; writing costs one more.
            let around = UInt64(commit.count + assembly.halt.count) + 1
            #expect(outcome.cycles == UInt64(triples.count) * 22 + around)
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    /// RISC Zero's names of syscalls lie in the first pages of the data, the numbers behind them.
    private func run(_ text: [UInt32], _ bytes: [UInt8]) throws -> GuestOutcome {
        let names = RISCZeroAssembly.names.map { name in
            let full = Array(("risc0_zkvm_platform::syscall::nr::" + name).utf8)
            return full + [UInt8](repeating: 0, count: 64 - full.count)
        }
        var all = [UInt8](repeating: 0, count: 1024) + names.joined()
        all += [UInt8](repeating: 0, count: 0x2000 - all.count)
        return try GuestAssembly.run(.risc0, text, data: all + bytes)
    }

    @Test func uint256MultiplyMatchesPython() throws {
        var random = SeededRandom(seed: 256)
        var questions = IntegerQuestions()
        for _ in 0..<3 {
            let triples = triples(&random) { _ in }
            var text: [UInt32] = []
            var results: [UInt32] = []
            for index in 0..<UInt32(triples.count) {
                let x = data + index * 96
                text += GuestAssembly.call(0x0001_011d, x, x + 32)
                results += GuestAssembly.call(2, 13, x, 32)
            }
            let bytes = triples.flatMap { $0.flatMap { $0.littleEndian(32) } }
            let outcome = try GuestAssembly.run(
                .sp1, text + results + GuestAssembly.sp1Halt, data: bytes)
            question(&questions, triples, outcome.output)
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    @Test func longMultiplyMatchesPython() throws {
        var random = SeededRandom(seed: 2304)
        var questions = IntegerQuestions()
        for _ in 0..<60 {
            let short = WideNumber(random: &random, limbCount: 4)
            let long = WideNumber(random: &random, limbCount: 32)
            let text =
                GuestAssembly.call(0x0001_012f, data, data + 32, data + 512, data + 768)
                + GuestAssembly.call(2, 13, data + 512, 288) + GuestAssembly.sp1Halt
            let outcome = try GuestAssembly.run(
                .sp1, text, data: short.littleEndian(32) + long.littleEndian(256))
            questions.ask(
                "mul", [short, long], answer: "\(WideNumber(littleEndian: outcome.output))")
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    /// Results may take the place of operands.
    @Test func resultsOverlapOperands() throws {
        let bytes = WideNumber([3, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0]).littleEndian(96)
        let place = data + 0x2000
        let text = GuestAssembly.call(4, place + 64, 0, place + 32, place + 32, place + 64)
        let outcome = try run(
            text + assembly.commit(place + 64, 8) + assembly.halt, bytes)
        #expect(outcome.output == [4, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func badCallsFail() throws {
        func cause(_ vm: GuestVM, _ call: [UInt32]) throws -> GuestFailure.Cause? {
            // All ones, so that products without a modulus overflow.
            let bytes = [UInt8](repeating: 0xff, count: 1024)
            return try GuestAssembly.run(vm, call + [Assembler.ebreak], data: bytes).failure?.cause
        }
        let zeros = data + 0x4000
        #expect(
            try cause(.risc0, GuestAssembly.call(4, data, 0, data, data, zeros)) == .invalidSyscall)
        #expect(
            try cause(.risc0, GuestAssembly.call(4, data, 0, data, data, data)) == .breakpoint)
        for bad in [data + 1, data + 2, 0, 0x7fff_fff0, 0xffff_fff0] as [UInt32] {
            for position in 0..<4 {
                var places = [data, data, data, data]
                places[position] = bad
                let found = [
                    try cause(
                        .risc0,
                        GuestAssembly.call(4, places[0], 0, places[1], places[2], places[3])),
                    try cause(
                        .sp1,
                        GuestAssembly.call(
                            0x0001_012f, places[0], places[1], places[2], places[3])),
                    position > 1
                        ? .invalidSyscall
                        : try cause(.sp1, GuestAssembly.call(0x0001_011d, places[0], places[1])),
                ]
                for cause in found {
                    #expect(cause == .invalidSyscall || cause == .invalidMemoryAccess)
                }
            }
        }
    }

    /// A guest that calls BIGINT2 with a program in its data: arenas are a1 on, the verifying program has
    /// 20 words, the constants 4. Returns the 64 bytes behind a1's arena.
    private func callBigInteger2(
        _ program: BigIntegerAssembly, arenas: [UInt32], bytes: [UInt8],
        header: [UInt32]? = nil, t1: UInt32? = nil, t2: UInt32? = nil
    ) throws -> GuestOutcome {
        var code = program.bytes()
        while code.count % 4 != 0 { code.append(0) }
        let sizes = header ?? [UInt32(code.count / 4), 20, 4, 0]
        var blob: [UInt8] = []
        for word in sizes { blob.append(littleEndian: word) }
        blob += code + [UInt8](repeating: 0, count: 96)
        let place = data + 0x2000
        let start = place + 16
        let end = start + UInt32(code.count)
        var text = Assembler.li(6, t1 ?? start) + Assembler.li(7, t2 ?? end)
        text += Assembler.li(28, end + 80)
        for (index, arena) in arenas.enumerated() {
            text += Assembler.li(X.a1 + UInt32(index), arena)
        }
        text += GuestAssembly.call(6, place) + assembly.commit(data + 0x6000, 64) + assembly.halt
        return try run(
            text, blob + [UInt8](repeating: 0, count: 0x4000 - blob.count) + bytes)
    }

    @Test func bigInteger2RunsProgramsOfGuests() throws {
        var random = SeededRandom(seed: 6)
        var questions = IntegerQuestions()
        let program = BigIntegerAssembly.modularProduct(byteCount: 32)
        for _ in 0..<20 {
            let numbers = (0..<3).map { _ in WideNumber(random: &random, limbCount: 4) }
            guard !numbers[2].isZero else { continue }
            let bytes = [UInt8](repeating: 0, count: 64) + numbers.flatMap { $0.littleEndian(32) }
            let place = data + 0x6000
            let outcome = try callBigInteger2(
                program, arenas: [place + 64, place + 96, place + 128, place], bytes: bytes)
            #expect(outcome.status == .succeeded)
            // The ecall, its 21 cycles, 18 instructions before it and the rest.
            let rest = assembly.commit(data, 64).count + assembly.halt.count + 1
            #expect(outcome.cycles == UInt64(1 + 21 + 18 + rest))
            let found = WideNumber(littleEndian: outcome.output.prefix(32))
            questions.ask("mulmod", numbers, answer: "\(found)")
        }
        #expect(try questions.wrongAnswers() == [], "seed \(random.seed)")
    }

    /// A load behind a store sees what was stored; arenas need no alignment, and x0 is an arena too.
    @Test func bigInteger2StoresAtOnce() throws {
        var program = BigIntegerAssembly()
        let type = program.type(byteCount: 16)
        program.store(program.constant([7, 9]), type, arena: 11)
        let loaded = program.load(type, arena: 12)
        program.store(loaded, type, arena: 11, offset: 2)
        let place = data + 0x6000
        let outcome = try callBigInteger2(program, arenas: [place, place + 5], bytes: [])
        let expected: [UInt8] = [0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(Array(outcome.output[32..<48]) == expected)
        var low = BigIntegerAssembly()
        let word = low.type(byteCount: 16)
        low.store(low.load(word, arena: 0, offset: 0x40), word, arena: 11)
        #expect(try callBigInteger2(low, arenas: [place], bytes: []).status == .succeeded)
    }

    @Test func bigInteger2FailsWithReasons() throws {
        let program = BigIntegerAssembly.modularProduct(byteCount: 32)
        let place = data + 0x6000
        let good = [place, place, place, place]
        let bytes = [UInt8](repeating: 1, count: 32)
        func failure(
            arenas: [UInt32]? = nil, header: [UInt32]? = nil, t1: UInt32? = nil, t2: UInt32? = nil
        ) throws -> GuestFailure? {
            try callBigInteger2(
                program, arenas: arenas ?? good, bytes: bytes, header: header, t1: t1, t2: t2
            ).failure
        }
        let size = UInt32(program.bytes().count / 4)
        #expect(try failure() == nil)
        #expect(try failure(t1: data + 2)?.cause == .invalidSyscall)
        #expect(try failure(t1: data)?.detail.contains("bibc") == true)
        #expect(try failure(t2: 0)?.cause == .invalidMemoryAccess)
        #expect(try failure(header: [0, 20, 4, 0])?.detail.contains("header") == true)
        #expect(try failure(header: [1 << 20, 20, 4, 0])?.detail.contains("bytes") == true)
        #expect(try failure(header: [.max, 20, 4, 0])?.cause == .invalidSyscall)
        #expect(try failure(header: [size, .max, 4, 0])?.cause == .invalidMemoryAccess)
        #expect(try failure(header: [size, 20, .max, 0])?.cause == .invalidMemoryAccess)
        for position in 0..<4 {
            for bad in [0, 0x0c00_0000 - 16, 0xffff_fff8] as [UInt32] {
                var arenas = good
                arenas[position] = bad
                #expect(try failure(arenas: arenas)?.cause == .invalidMemoryAccess)
            }
        }
    }
}
