import Bytes
import GuestRuntime
import TestSupport
import Testing

/// Modes, traps and the memory that each mode sees, on programs assembled by hand.
@Suite struct MachineModeTests {
    typealias K = KernelAssembly

    /// What the user cannot do ends the run, for no cycle and with its reason.
    @Test(arguments: [
        ([Assembler.lui(6, 0x301), Assembler.load(2, 7, 2, 6)], "trap4", "misaligned load"),
        ([Assembler.load(1, 7, 1, 0)], "trap5", "0x00000001"),
        ([Assembler.lui(6, 0xC0000), Assembler.load(4, 7, 0, 6)], "trap5", "0xc0000000"),
        ([Assembler.lui(6, 0xFFFF0), Assembler.load(2, 7, 0x80, 6)], "trap5", "0xffff0080"),
        ([Assembler.lui(6, 0x301), Assembler.store(1, 7, 1, 6)], "trap6", "misaligned store"),
        ([Assembler.lui(6, 0xC0010), Assembler.store(2, 7, 0, 6)], "trap7", "0xc0010000"),
        ([Assembler.lui(6, 0xFFFF0), Assembler.store(2, 7, 0x200, 6)], "trap7", "0xffff0200"),
        ([Assembler.store(0, 7, -1, 0)], "trap7", "0xffffffff"),
        ([Assembler.ebreak], "trap3", "breakpoint"),
        ([0x0000_000F], "trap2", "FENCE"),
        ([0xFFFF_FFFF], "trap2", "0xffffffff"),
        ([Assembler.jalr(1, 0, 2)], "trap0", "misaligned"),
        ([Assembler.jalr(1, 0, 0x100)], "trap1", "outside the program's text"),
        ([Assembler.lui(6, 0xC0000), Assembler.jalr(0, 6, 0)], "trap1", "outside"),
        ([K.mret], "mret", "0x30200073"),
    ])
    func trapsEndTheRun(text: [UInt32], name: String, reason: String) throws {
        let file = K.file(K.enterUser(), user: [0x13] + text)
        let outcome = try K.run(file)
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome, failure: name)])
        #expect(outcome.failure?.description.contains(reason) == true)
        // Where a jump went is the address that could not be fetched from.
        if name != "trap1" {
            #expect(outcome.failure?.pc == ELFBuilder.textStart + UInt32(text.count) * 4)
        }
    }

    /// A kernel with a handler goes on.
    @Test func trapsWithAHandler() throws {
        let user =
            Assembler.li(6, GuestAssembly.data + 1) + [Assembler.load(2, X.a0, 0, 6)]
            + [Assembler.immediate(0x13, 1, X.a0, X.a0, 8)]
            + Assembler.li(X.a1, GuestAssembly.data) + Assembler.li(X.t0, 0) + [Assembler.ecall]
        let file = Version2Files.container(
            user: Version2Files.user(user), kernel: try Version2Files.compiled("kernel-traps"))
        let outcome = try K.run(file)
        #expect(outcome.exitCode == 77)
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
    }

    /// A handler that changes the user's registers and has the instruction that failed tried again: what
    /// was known of the registers before it no longer holds.
    @Test func trapsThatTryAgain() throws {
        let wrong = GuestAssembly.data + 1
        // Constants, as a translator could fold them: the address, and what is added to what is loaded.
        let user =
            Assembler.li(6, wrong) + Assembler.li(7, 5) + [Assembler.load(2, X.a0, 0, 6)]
            + [Assembler.register(0, 0, X.a0, X.a0, 7), Assembler.ecall]
        // The user's t1 and t2 as words; the address of the load less four.
        let trap =
            K.set(0xFFFF_0098, GuestAssembly.data) + K.set(0xFFFF_009C, 7)
            + Assembler.li(X.t0, 0xFFFF_0200)
            + [Assembler.load(2, 6, 0, X.t0), Assembler.addi(6, 6, -4)]
            + [Assembler.store(2, 6, 0, X.t0), K.mret]
        // The user's a0 is the exit code.
        let handler = K.start + [Assembler.load(2, 6, 0xA8, K.s0)] + K.terminate(6)
        let start = K.set(0xFFFF_2010, 0xC000_0400 + UInt32(handler.count) * 4) + K.enterUser()
        let file = K.file(start, handler: handler + trap, user: user)
        for engine in Engine.allCases {
            let outcome = try GuestProgram(elf: file, vm: .risc0).run(
                input: GuestInput(), maxCycles: 1 << 20, engine: engine)
            #expect(outcome.exitCode == 7)
            #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
        }
    }

    /// Faults of the kernel's, and of its calls.
    @Test(arguments: [
        (Assembler.li(6, K.data + 2) + [Assembler.load(2, 7, 0, 6)], "misaligned load"),
        ([Assembler.load(2, 7, 0, 0)], "load from 0x00000000"),
        ([Assembler.store(2, 7, 4, 0)], "store to 0x00000004"),
        ([Assembler.ebreak], "breakpoint"),
        ([0xC000_1073], "FENCE, CSR or privileged"),
        (Assembler.li(6, ELFBuilder.textStart) + [Assembler.jalr(0, 6, 0)], "outside"),
        (K.set(0xC000_0000, 1), "wrote to its own instructions at 0xc0000000"),
        (K.set(0xFFFF_0000, 1), "changed x0"),
        (K.set(0xFFFF_0080, 1), "changed x0"),
        (K.set(0xFFFF_0200, 0xFFFC) + [K.mret], "MRET to behind 0x0000fffc"),
        (K.enterUser(handler: 0), "no handler at 0x00000000"),
        (K.enterUser(handler: 0xC000_0002), "no handler at 0xc0000002"),
        (K.enterUser(handler: 0xFF00_0000), "no handler at 0xff000000"),
        (K.enterUser(handler: 0x0020_0800), "no handler at 0x00200800"),
    ])
    func kernelFaults(kernel: [UInt32], reason: String) throws {
        let outcome = try K.run(K.file(kernel))
        #expect(outcome.failure?.description.contains(reason) == true, "\(outcome.status)")
    }

    /// The machine takes every word with the opcode of MRET that is neither ECALL nor EBREAK for it.
    @Test(arguments: [UInt32(0x3020_0073), 0x1050_0073, 0x1020_0073, 0xFE00_0073])
    func returns(word: UInt32) throws {
        var kernel = K.enterUser()
        kernel[kernel.count - 1] = word
        let file = K.file(kernel, handler: K.terminate, user: [Assembler.ecall])
        let outcome = try K.run(file)
        #expect(outcome.exitCode == 5)
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
    }

    /// The journal counts only with an output digest; the exit code is 16 bits.
    @Test(arguments: [UInt32(0), 1])
    func journalsNeedADigest(digest: UInt32) throws {
        let name = Array("risc0_zkvm_platform::syscall::nr::SYS_WRITE\0".utf8)
        var builder = ELFBuilder(text: [0x13])
        builder.segments[1].bytes = name
        // The user's a3 to a5, as words.
        let write =
            K.set(0xFFFF_00B4, 3) + K.set(0xFFFF_00B8, GuestAssembly.data) + K.set(0xFFFF_00BC, 5)
            + K.call(1, GuestAssembly.data, 0, 0)
        let kernel = write + K.set(0xFFFF_025C, digest) + K.call(0, 0xABCD_0001)
        let file = Version2Files.container(
            user: builder.file(), kernel: Version2Files.kernel(kernel))
        let outcome = try K.run(file)
        #expect(outcome.status == .succeeded)
        #expect(outcome.exitCode == 0xABCD)
        #expect(outcome.output == (digest == 0 ? [] : Array("risc0".utf8)))
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
    }

    /// The user's instructions as they are in memory: written by the user, and by the kernel.
    @Test func userTextIsFetchedFromMemory() throws {
        let place = ELFBuilder.textStart + 7 * 4
        let user =
            Assembler.li(6, place) + Assembler.li(7, Assembler.addi(X.a0, 0, 33))
            + [Assembler.store(2, 7, 0, 6), 0x13, 0x13, Assembler.addi(X.a0, 0, 1)]
            + [Assembler.ecall, Assembler.addi(X.a0, 0, 2), Assembler.ecall]
        // The first call makes the second instruction behind it another one; the second ends the run.
        let handler =
            Assembler.li(X.s2, place + 8)
            + [Assembler.load(2, 7, 0, X.s2), Assembler.load(2, 28, 0xA8, K.s0)]
            + Assembler.li(6, Assembler.addi(X.a0, 0, 44))
            + [Assembler.branch(0, 6, 7, 12), Assembler.store(2, 6, 0, X.s2), K.mret]
            + K.terminate(28)
        let file = K.file(K.start + K.enterUser(), handler: handler, user: user)
        let outcome = try K.run(file)
        #expect(outcome.exitCode == 44)
        #expect(try Version2Judge.lines(file) == [Version2Judge.text(outcome)])
    }

    @Test func kernelMemoryHasACap() throws {
        // Stores a byte every 4 KiB.
        let loop = [
            Assembler.store(0, 6, 0, 6), Assembler.register(0, 0, 6, 6, 7),
            Assembler.jal(0, -8),
        ]
        let outcome = try K.run(
            K.file(Assembler.li(6, 0xD000_0000) + Assembler.li(7, 1 << 12) + loop))
        #expect(outcome.failure?.cause == .memoryLimitExceeded)
        let pages = UInt64(GuestRuntimeLimits.kernelMemoryByteCountMax >> 12)
        // The text and the machine's words have a page each.
        #expect(outcome.instructions == 4 + 3 * (pages - 2))
    }

    /// One address space serves guests of all kinds, one after the other.
    @Test func workspacesAreShared() throws {
        let second = try GuestProgram(elf: Version2Files.compiled(user: "mixed"), vm: .risc0)
        let first = try GuestProgram(elf: Version2Files.compiled("mixed"), vm: .risc0)
        var workspace = GuestWorkspace()
        var outputs: [[UInt8]] = []
        for program in [first, second, first, second] {
            let outcome = program.run(
                input: GuestInput(), maxCycles: 1 << 30, workspace: &workspace)
            outputs.append(outcome.output)
        }
        #expect(outputs == [[UInt8]](repeating: outputs[0], count: 4))
        #expect(outputs[0].count == 32)
    }
}
