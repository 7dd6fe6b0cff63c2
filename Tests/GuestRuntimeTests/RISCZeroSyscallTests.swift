import Bytes
import EthCrypto
import GuestRuntime
import TestSupport
import Testing

@Suite struct RISCZeroSyscallTests {
    private let assembly = RISCZeroAssembly()
    private let data = GuestAssembly.data

    private func cause(_ text: [UInt32]) throws -> GuestFailure.Cause? {
        try assembly.run(text + assembly.halt).failure?.cause
    }

    @Test func theJournalNeedsADigestAndTheExitCodeIsIgnored() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        let kept = try assembly.run(assembly.commit(data, 5) + assembly.halt, data: bytes)
        #expect(kept.status == .succeeded && kept.output == bytes && kept.exitCode == 3)
        let dropped = try assembly.run(
            assembly.commit(data, 5) + GuestAssembly.call(0, 1, data + 512), data: bytes)
        #expect(dropped.status == .succeeded && dropped.output.isEmpty && dropped.exitCode == 0)
        #expect(try cause(GuestAssembly.call(0, 2, data)) == .invalidSyscall)
        #expect(try cause(GuestAssembly.call(0, 0, 0x0c00_0000 - 16)) == .invalidMemoryAccess)
    }

    /// Whole words go to the buffer, up to four bytes more to a1.
    @Test func readingSplitsWordsAndTail() throws {
        let stdin: [UInt8] = [1, 2, 3, 4, 5, 6, 7]
        let read = assembly.software("SYS_READ", buffer: data, words: 1, 0, 7)
        let store =
            Assembler.li(X.s2, data) + [
                Assembler.store(2, X.a0, 4, X.s2), Assembler.store(2, X.a1, 8, X.s2),
            ]
        let text = read + store + assembly.commit(data, 12) + assembly.halt
        #expect(
            try assembly.run(text, stdin: stdin).output == [1, 2, 3, 4, 7, 0, 0, 0, 5, 6, 7, 0])
        // At the end of the input the rest of the buffer is zero, and the count is what there was.
        let old = [UInt8](repeating: 0xff, count: 12)
        #expect(
            try assembly.run(text, data: old, stdin: [9, 8]).output
                == [9, 8, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
        #expect(
            try cause(assembly.software("SYS_READ", buffer: data, words: 2, 0, 7))
                == .invalidSyscall)
        #expect(
            try cause(assembly.software("SYS_READ", buffer: data, words: 1, 1, 4))
                == .invalidSyscall)
    }

    @Test func registersAnswer() throws {
        func answer(_ text: [UInt32]) throws -> [UInt8] {
            let store =
                Assembler.li(X.s2, data) + [
                    Assembler.store(2, X.a0, 0, X.s2), Assembler.store(2, X.a1, 4, X.s2),
                ]
            return try assembly.run(text + store + assembly.commit(data, 8) + assembly.halt).output
        }
        #expect(try answer(assembly.software("SYS_ARGC")) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(
            try answer(assembly.software("SYS_GETENV", data, 4))
                == [255, 255, 255, 255, 0, 0, 0, 0])
        #expect(try answer(GuestAssembly.call(1, 7)) == [0, 0, 0, 0, 0, 0, 0, 0])
        for name in ["SYS_EXECUTE_ZKR", "SYS_PROVE_ZKR", "SYS_PROVE_KECCAK"] {
            #expect(try answer(assembly.software(name)) == [0, 0, 0, 0, 0, 0, 0, 0])
        }
        // 14 instructions of one cycle stand before the call.
        #expect(try answer(assembly.software("SYS_CYCLE_COUNT")) == [0, 0, 0, 0, 14, 0, 0, 0])
        // An empty fifth of a buffer costs ceil(0/4) + 1 beyond the instruction, one of 5 words 3.
        let two = assembly.software("SYS_ARGC") + assembly.software("SYS_CYCLE_COUNT")
        #expect(try answer(two) == [0, 0, 0, 0, 30, 0, 0, 0])
        let five =
            assembly.software("SYS_RANDOM", buffer: data + 64, words: 5)
            + assembly.software("SYS_CYCLE_COUNT")
        #expect(try answer(five) == [0, 0, 0, 0, 32, 0, 0, 0])
    }

    @Test func failuresNameTheirReason() throws {
        let failures: [([UInt32], GuestFailure.Cause, String)] = [
            (assembly.software("SYS_NOTHING"), .unknownSyscall, "SYS_NOTHING"),
            (assembly.software("SYS_ARGV"), .invalidSyscall, "SYS_ARGV"),
            (assembly.software("SYS_VERIFY_INTEGRITY", data, 64), .invalidSyscall, "receipts"),
            (assembly.software("SYS_WRITE", 4, data, 1), .invalidSyscall, "descriptor 4"),
            (GuestAssembly.call(4, data, 1), .invalidSyscall, "BIGINT operation 1"),
            (GuestAssembly.call(6, data), .invalidSyscall, "less bytes than a header"),
            (GuestAssembly.call(5), .unknownSyscall, "ecall 5"),
            (GuestAssembly.call(99), .unknownSyscall, "ecall 99"),
            (GuestAssembly.call(1, 8), .invalidSyscall, "INPUT"),
            (assembly.software("SYS_PIPE", buffer: data, words: 1), .invalidSyscall, "SYS_PIPE"),
            (assembly.software("SYS_KECCAK", buffer: data, words: 49), .invalidSyscall, "50"),
        ]
        for (text, cause, part) in failures {
            let failure = try assembly.run(text).failure
            #expect(failure?.cause == cause)
            #expect(failure?.description.contains(part) == true, "\(String(describing: failure))")
        }
        let panic = try assembly.run(
            assembly.software("SYS_PANIC", data, 4), data: Array("oops".utf8))
        #expect(
            panic.failure?.description == "guest panicked at pc 0x00200838 after 14 cycles: oops")
    }

    @Test(arguments: [UInt32(4), 0x3fc, 0x0c00_0000, 0x8000_0000, 0xffff_fffc])
    func pointersOutsideMemoryFail(address: UInt32) throws {
        let calls: [[UInt32]] = [
            assembly.software("SYS_WRITE", 3, address, 4),
            assembly.software("SYS_WRITE", 1, address, 4),
            assembly.software("SYS_LOG", address, 4),
            assembly.software("SYS_PANIC", address, 4),
            assembly.software("SYS_GETENV", address, 4),
            assembly.software("SYS_RANDOM", buffer: address, words: 1),
            assembly.software("SYS_KECCAK", buffer: data, words: 50, address),
            GuestAssembly.call(2, 0, 0, address),
            GuestAssembly.call(0, 0, address),
            GuestAssembly.call(3, address, data, data, data, 1),
            GuestAssembly.call(3, data, address, data, data, 1),
            GuestAssembly.call(3, data, data, address, data, 1),
            GuestAssembly.call(3, data, data, data, address, 1),
            GuestAssembly.call(3, data, data, data, data, 0xffff_ffff),
        ]
        for text in calls {
            let outcome = try assembly.run(text + assembly.halt)
            #expect(outcome.failure?.cause == .invalidMemoryAccess, "\(outcome)")
        }
    }

    @Test func hugeBuffersFail() throws {
        for words in [0x0400_0000, 0x4000_0001, 0xffff_ffff] as [UInt32] {
            for buffer in [0, data] {
                let text = assembly.software("SYS_RANDOM", buffer: buffer, words: words)
                let found = try cause(text)
                #expect(found == .invalidMemoryAccess || found == .invalidSyscall)
            }
        }
    }

    @Test func randomnessIsAFunctionOfTheSeed() throws {
        let text =
            assembly.software("SYS_RANDOM", buffer: data, words: 3)
            + assembly.software("SYS_RANDOM", buffer: data + 12, words: 13)
            + assembly.commit(data, 64) + assembly.halt
        let seed = Hash32(words: 1, 2, 3, 4)
        let expected = (0..<2 as Range<UInt64>).flatMap { counter in
            var input = seed.bytes
            input.append(littleEndian: counter)
            return SHA256.hash(input).bytes
        }
        #expect(try assembly.run(text, seed: seed).output == expected)
        #expect(try assembly.run(text, seed: .zero).output != expected)
    }

    /// SHA-256 of 55 bytes is one block; the ecall's cost is 6 + 68 cycles.
    @Test func shaMatchesTheLibrary() throws {
        let message = [UInt8](repeating: 0x61, count: 55)
        var bytes = message + [0x80, 0, 0, 0, 0, 0, 0]
        bytes.append(bigEndian: UInt16(440))
        for index in 0..<8 { bytes.append(bigEndian: SHA256.initialState[index]) }
        let call = GuestAssembly.call(3, data + 128, data + 64, data, data + 32, 1)
        let text = call + assembly.commit(data + 128, 32) + assembly.halt
        let outcome = try assembly.run(text, data: bytes)
        #expect(outcome.output == SHA256.hash(message).bytes)
        #expect(outcome.cycles == UInt64(text.count) + 5 + 68 + 1)
    }

    @Test func keccakMatchesTheHash() throws {
        var state = [UInt8](repeating: 0, count: 200)
        (state[0], state[135]) = (1, 0x80)
        let text =
            assembly.software("SYS_KECCAK", buffer: data, words: 50, data)
            + assembly.commit(data, 32) + assembly.halt
        #expect(try assembly.run(text, data: state).output == Keccak256.hash([]).bytes)
    }

    @Test func logsAndPrints() throws {
        let text =
            assembly.software("SYS_LOG", data, 2) + assembly.software("SYS_WRITE", 2, data, 3)
            + assembly.halt
        let outcome = try assembly.run(text, data: Array("hi\n".utf8))
        #expect(String(decoding: outcome.console, as: UTF8.self) == "R0VM[14] hi\nhi\n")
    }

    /// A store into the text is what the next fetch sees (reference/zkvm.md 1.3); SP1 runs what it loaded.
    @Test(arguments: GuestVM.allCases)
    func selfModifyingCode(vm: GuestVM) throws {
        let start = ELFBuilder.textStart
        // Word 6 becomes addi x21, x0, 9 before it is reached; the block is charged as one.
        let text =
            Assembler.li(X.s2, start) + Assembler.li(20, Assembler.addi(21, 0, 9)) + [
                Assembler.store(2, 20, 24, X.s2), Assembler.addi(22, 0, 1),
                Assembler.addi(21, 0, 5),
            ] + Assembler.li(X.s2, data) + [Assembler.store(2, 21, 0, X.s2)]
        let end =
            vm == .sp1
            ? GuestAssembly.call(2, 13, data, 4) + GuestAssembly.sp1Halt
            : assembly.commit(data, 4) + assembly.halt
        let outcome =
            vm == .sp1
            ? try GuestAssembly.run(.sp1, text + end) : try assembly.run(text + end)
        #expect(outcome.output == [vm == .sp1 ? 5 : 9, 0, 0, 0])
        #expect(outcome.instructions == UInt64(text.count + end.count))
        for limit in 0..<outcome.cycles where vm == .risc0 {
            let cut = try assembly.run(text + end, maxCycles: limit)
            #expect(cut.failure?.cause == .cycleLimitExceeded)
        }
    }
}
