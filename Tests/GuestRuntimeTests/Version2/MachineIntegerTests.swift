import Bytes
import GuestRuntime
import TestSupport
import Testing

private typealias K = KernelAssembly

/// Whose memory the call may reach, and where its result goes.
private enum Places {
    static let right: [(mode: UInt32, result: UInt32)] = [
        (0, GuestAssembly.data + 0x2000), (1, GuestAssembly.data + 0x2004),
        (1, KernelAssembly.data + 64),
    ]

    static let wrong: [(mode: UInt32, result: UInt32, reason: String)] = [
        (2, GuestAssembly.data, "mode 2"), (0, KernelAssembly.data, "arena 14"),
        (0, 0xBFFF_0000, "arena 14"),
        (1, 0x100, "arena 14"), (1, GuestAssembly.data + 2, "arena 14"),
        (1, 0xFFFF_0000, "32 bytes at 0xffff0000"), (1, 0xFFFF_FFF0, "32 bytes at 0xfffffff0"),
        (1, 0xC000_0000, "its own instructions"),
    ]
}

/// The machine's call for large integers, made by kernels assembled by hand and judged by the executor in
/// Python.
@Suite struct MachineIntegerTests {
    private static let blob = GuestAssembly.data
    private static let numbers = GuestAssembly.data + 0x1000

    /// A container whose user has a program and numbers in its data.
    private func file(
        _ program: BigIntegerAssembly, verifierWordCount: UInt32 = 9, numbers: [UInt8],
        _ kernel: [UInt32]
    ) -> [UInt8] {
        file(
            program, verifierWordCount: verifierWordCount, numbers: numbers, user: [0x13],
            kernel: Version2Files.kernel(kernel))
    }

    private func file(
        _ program: BigIntegerAssembly, verifierWordCount: UInt32 = 9, numbers: [UInt8],
        user text: [UInt32], kernel: [UInt8]
    ) -> [UInt8] {
        let bytes = program.bytes()
        var data = Version2Files.words([UInt32(bytes.count) / 4, verifierWordCount, 4, 0]) + bytes
        data += [UInt8](repeating: 0, count: 0x1000 - data.count) + numbers
        var user = ELFBuilder(text: text)
        user.segments[1].bytes = data
        return Version2Files.container(user: user.file(), kernel: kernel)
    }

    /// The call with arenas in a1 to a4; the lengths of the other parts decide the cost only.
    private func call(mode: UInt32 = 1, result: UInt32) -> [UInt32] {
        Assembler.li(X.t0, mode) + Assembler.li(6, Self.blob + 16) + Assembler.li(7, Self.numbers)
            + Assembler.li(28, Self.numbers)
            + K.call(
                5, Self.blob, Self.numbers, Self.numbers + 128, Self.numbers + 256, result)
    }

    /// Folds words at an address into s3.
    private func fold(_ address: UInt32, count: Int32) -> [UInt32] {
        var text = Assembler.li(6, address)
        for index in 0..<count {
            text.append(Assembler.load(2, 7, index * 4, 6))
            text.append(Assembler.register(0, 1, K.s3, K.s3, 7))
            text.append(Assembler.register(0, 4, K.s3, K.s3, 7))
            text.append(Assembler.addi(K.s3, K.s3, 77))
        }
        return text
    }

    /// Products modulo n, for the user's memory and the kernel's.
    @Test(arguments: Places.right)
    func products(mode: UInt32, result: UInt32) throws {
        var random = SeededRandom(seed: UInt64(result))
        for byteCount in [UInt64(32), 48, 128] {
            let file = file(
                .modularProduct(byteCount: byteCount), numbers: random.bytes(512),
                call(mode: mode, result: result) + fold(result, count: Int32(byteCount / 4))
                    + K.terminate(K.s3))
            let outcome = try K.run(file)
            #expect(outcome.status == .succeeded)
            #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
        }
    }

    /// The user's call, which a compiled kernel hands on with the user's registers.
    @Test func usersProducts() throws {
        var random = SeededRandom(seed: 606)
        let result = Self.numbers + 384
        let user =
            Assembler.li(6, Self.blob + 16) + Assembler.li(7, Self.numbers)
            + Assembler.li(28, Self.numbers)
            + GuestAssembly.call(
                6, Self.blob, Self.numbers, Self.numbers + 128, Self.numbers + 256, result)
            + fold(result, count: 8) + [Assembler.immediate(0x13, 1, X.a0, K.s3, 8)]
            + Assembler.li(X.a1, result) + Assembler.li(X.t0, 0) + [Assembler.ecall]
        let file = file(
            .modularProduct(byteCount: 32), numbers: random.bytes(512), user: user,
            kernel: try Version2Files.compiled("kernel"))
        let outcome = try K.run(file)
        #expect(outcome.status == .succeeded)
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
    }

    /// A program that loads what it stored sees what was there before.
    @Test func storesBecomeVisibleAtTheEnd() throws {
        var program = BigIntegerAssembly()
        let type = program.type(byteCount: 16)
        let first = program.load(type, arena: 11)
        program.store(program.add(first, program.constant([5])), type, arena: 11)
        program.store(program.load(type, arena: 11), type, arena: 14)
        program.store(program.load(type, arena: 11), type, arena: 11, offset: 1)
        let numbers = (0..<64).map { UInt8($0 + 1) }
        let file = file(
            program, numbers: numbers,
            call(result: Self.numbers + 32) + fold(Self.numbers, count: 16) + K.terminate(K.s3))
        let outcome = try K.run(file)
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
        #expect(outcome.status == .succeeded)
    }

    /// The length of the verifying program is the price.
    @Test func cost() throws {
        let program = BigIntegerAssembly.modularProduct(byteCount: 32)
        let numbers = [UInt8](repeating: 3, count: 512)
        let kernel = call(result: Self.numbers + 384) + K.terminate
        let costs = try [UInt32(0), 1, 1000].map { count in
            try K.run(file(program, verifierWordCount: count, numbers: numbers, kernel)).cycles
        }
        #expect(costs[1] == costs[0] + 1)
        #expect(costs[2] == costs[0] + 1000)
        #expect(costs[0] == UInt64(kernel.count) - 2 + 2 + 2)
    }

    @Test(arguments: Places.wrong)
    func wrongPlaces(mode: UInt32, result: UInt32, reason: String) throws {
        let outcome = try K.run(
            file(
                .modularProduct(byteCount: 32), numbers: [UInt8](repeating: 3, count: 512),
                call(mode: mode, result: result) + K.terminate))
        #expect(outcome.failure?.description.contains(reason) == true, "\(outcome.status)")
    }

    @Test func wrongLengths() throws {
        for (index, reason) in ["less bytes than a header", "bytes at", "bytes at"].enumerated() {
            let text =
                K.set(Self.blob + UInt32(index) * 4, index == 0 ? 0 : 0x4000_0000)
                + call(result: Self.numbers + 384)
            let outcome = try K.run(
                file(
                    .modularProduct(byteCount: 32), numbers: [UInt8](repeating: 3, count: 512),
                    text + K.terminate))
            #expect(outcome.failure?.description.contains(reason) == true, "\(outcome.status)")
        }
    }
}
