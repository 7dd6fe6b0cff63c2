import Bytes
import EthCrypto
import GuestRuntime
import TestSupport
import Testing

@Suite struct SP1SyscallTests {
    private let data = GuestAssembly.data

    private func run(
        _ text: [UInt32], data bytes: [UInt8] = [], buffers: [[UInt8]] = []
    ) throws -> GuestOutcome {
        try GuestAssembly.run(.sp1, text, data: bytes, input: GuestInput(buffers: buffers))
    }

    private func cause(_ text: [UInt32], buffers: [[UInt8]] = []) throws -> GuestFailure.Cause? {
        try run(text + GuestAssembly.sp1Halt, buffers: buffers).failure?.cause
    }

    @Test func exitCodesDecide() throws {
        #expect(try run(GuestAssembly.call(0, 0)).exitCode == 0)
        let failed = try run(GuestAssembly.call(0, 7))
        #expect(failed.exitCode == 7)
        #expect(
            failed.failure?.description
                == "non-zero exit code at pc 0x00200810 after 5 cycles: the program exited with 7")
    }

    @Test(arguments: [UInt32(3), 13])
    func bothDialectsCommit(fd: UInt32) throws {
        let outcome = try run(
            GuestAssembly.call(2, fd, data, 5) + GuestAssembly.call(2, fd, data + 5, 3)
                + GuestAssembly.sp1Halt, data: [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(outcome.status == .succeeded)
        #expect(outcome.output == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test func theFirstDescriptorDecidesTheDialect() throws {
        // v1 to v3 ignore 13; v4 and later refuse 3.
        let early = try run(
            GuestAssembly.call(2, 3, data, 1) + GuestAssembly.call(2, 13, data, 1)
                + GuestAssembly.sp1Halt)
        #expect(early.status == .succeeded && early.output == [0])
        let late = GuestAssembly.call(2, 13, data, 1)
        #expect(try cause(late + GuestAssembly.call(2, 3, data, 1)) == .invalidSyscall)
        #expect(try cause(late + GuestAssembly.call(2, 0, data, 1)) == .invalidSyscall)
        #expect(try cause(late + GuestAssembly.call(2, 99, data, 1)) == nil)
    }

    /// Reads the two buffers in order; a hint of the guest's own goes in front (v4) or behind (v3).
    @Test(arguments: [UInt32(4), 14])
    func hintsGoWhereTheDialectSays(fd: UInt32) throws {
        let read = { (offset: UInt32) in
            GuestAssembly.call(0xf1, GuestAssembly.data + offset, 4)
        }
        let text =
            GuestAssembly.call(2, fd, data + 256, 4) + read(0) + read(4) + read(8)
            + GuestAssembly.call(2, fd - 1, data, 12) + GuestAssembly.sp1Halt
        let bytes = [UInt8](repeating: 0, count: 256) + [9, 9, 9, 9]
        let outcome = try run(text, data: bytes, buffers: [[1, 1, 1, 1], [2, 2, 2, 2]])
        #expect(outcome.status == .succeeded)
        let expected: [UInt8] =
            fd == 14
            ? [9, 9, 9, 9, 1, 1, 1, 1, 2, 2, 2, 2] : [1, 1, 1, 1, 2, 2, 2, 2, 9, 9, 9, 9]
        #expect(outcome.output == expected)
    }

    @Test func hintLengthAndPadding() throws {
        let text = GuestAssembly.call(0xf0) + GuestAssembly.sp1Commit(X.t0)
        #expect(try run(text, buffers: [[1, 2, 3, 4, 5]]).output == [5, 0, 0, 0])
        #expect(try run(text).output == [255, 255, 255, 255])
        let padded =
            GuestAssembly.call(0xf1, data, 5) + GuestAssembly.call(2, 13, data, 8)
            + GuestAssembly.sp1Halt
        let old = [UInt8](repeating: 0xff, count: 8)
        #expect(
            try run(padded, data: old, buffers: [[1, 2, 3, 4, 5]]).output
                == [1, 2, 3, 4, 5, 0, 0, 0])
    }

    @Test func badHintReadsFail() throws {
        #expect(try cause(GuestAssembly.call(0xf1, data, 4)) == .invalidSyscall)
        #expect(try cause(GuestAssembly.call(0xf1, data, 3), buffers: [[1]]) == .invalidSyscall)
        #expect(try cause(GuestAssembly.call(0xf1, data + 2, 1), buffers: [[1]]) == .invalidSyscall)
        #expect(try cause(GuestAssembly.call(0xf1, 16, 1), buffers: [[1]]) == .invalidMemoryAccess)
    }

    /// Every syscall with pointers and lengths that no guest may name: a failure, not a trap.
    @Test(arguments: [UInt32(0), 4, 31, 0x7800_0004, 0x8000_0000, 0xffff_fffc])
    func pointersOutsideMemoryFail(address: UInt32) throws {
        let outside: [GuestFailure.Cause] = [.invalidMemoryAccess, .invalidSyscall]
        for fd in [1, 2, 3, 13, 4, 14] as [UInt32] {
            for length in [1, 8, 0x7fff_ffff, 0xffff_ffff] as [UInt32] {
                let found = try cause(GuestAssembly.call(2, fd, address, length))
                #expect(found == .invalidMemoryAccess)
            }
        }
        for number in [0x0030_0105, 0x0001_0106, 0x0001_0109, 0x1b] as [UInt32] {
            let found = try #require(try cause(GuestAssembly.call(number, address, data)))
            #expect(outside.contains(found))
        }
        let found = try #require(
            try cause(GuestAssembly.call(0x0001_0106, data, address)))
        #expect(outside.contains(found))
    }

    @Test func lengthsThatReachPastMemoryFail() throws {
        #expect(
            try cause(GuestAssembly.call(2, 13, data, 0x7800_0000)) == .invalidMemoryAccess)
        #expect(try cause(GuestAssembly.call(2, 13, data, 9 << 20)) == .outputLimitExceeded)
        #expect(try cause(GuestAssembly.call(2, 1, data, 300 << 20)) == .hostWorkLimitExceeded)
        #expect(try cause(GuestAssembly.call(2, 14, data, 65 << 20)) == .hostWorkLimitExceeded)
    }

    @Test func printingIsKeptAndMustBeText() throws {
        let hello = Array("héllo\n".utf8)
        let text = GuestAssembly.call(2, 1, data, UInt32(hello.count)) + GuestAssembly.sp1Halt
        #expect(try run(text, data: hello).console == hello)
        let bad = try run(text, data: [0xff, 0xfe, 1, 2, 3, 4, 5]).failure
        #expect(bad?.cause == .invalidSyscall && bad?.detail.contains("UTF-8") == true)
        let long = GuestAssembly.call(2, 1, data, 60_000)
        let outcome = try run(long + long + GuestAssembly.sp1Halt)
        #expect(outcome.console.count == 64 << 10 && outcome.consoleIsTruncated)
    }

    @Test func unknownNumbersAreNamed() throws {
        let unknown = try run(GuestAssembly.call(0x1234_5678)).failure
        #expect(unknown?.cause == .unknownSyscall)
        #expect(unknown?.detail.contains("0x12345678") == true)
        let hook = try run(GuestAssembly.call(2, 17, data, 4)).failure
        #expect(hook?.cause == .invalidSyscall)
        #expect(hook?.detail.contains("rsa_mul_mod") == true)
    }

    @Test func digestsHaveEightWords() throws {
        for number in [0x10, 0x1a] as [UInt32] {
            #expect(try cause(GuestAssembly.call(number, 7, 1)) == nil)
            #expect(try cause(GuestAssembly.call(number, 8, 1)) == .invalidSyscall)
        }
        #expect(try cause(GuestAssembly.call(0x1b, data, data)) == nil)
    }

    /// SHA-256 of "abc" by the two precompiles, against the library.
    @Test func shaPrecompilesMatchTheLibrary() throws {
        var words = [UInt32](repeating: 0, count: 72)
        (words[0], words[15]) = (0x6162_6380, 24)
        for index in 0..<8 { words[64 + index] = SHA256.initialState[index] }
        var bytes: [UInt8] = []
        for word in words { bytes.append(littleEndian: word) }
        let text =
            GuestAssembly.call(0x0030_0105, data, 0)
            + GuestAssembly.call(0x0001_0106, data, data + 256)
            + GuestAssembly.call(2, 13, data + 256, 32) + GuestAssembly.sp1Halt
        let output = try run(text, data: bytes).output
        var digest: [UInt8] = []
        for index in 0..<8 where output.count == 32 {
            digest.append(bigEndian: output.span.littleEndianUInt32(at: index * 4))
        }
        #expect(digest == SHA256.hash(Array("abc".utf8)).bytes)
    }

    /// Keccak-256 of nothing is the permutation of its padding.
    @Test func keccakMatchesTheHash() throws {
        var state = [UInt8](repeating: 0, count: 200)
        (state[0], state[135]) = (1, 0x80)
        let text =
            GuestAssembly.call(0x0001_0109, data, 0) + GuestAssembly.call(2, 13, data, 32)
            + GuestAssembly.sp1Halt
        #expect(try run(text, data: state).output == Keccak256.hash([]).bytes)
    }
}
