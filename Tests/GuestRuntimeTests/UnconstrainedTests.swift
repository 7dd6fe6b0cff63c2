import Bytes
import GuestRuntime
import TestSupport
import Testing

@Suite struct UnconstrainedTests {
    private let data = GuestAssembly.data

    /// Stores 1, enters, stores 2 to old and new pages and a hint, leaves: only the hint is left, and the
    /// block costs the one instruction that entered it.
    @Test func everythingButHintsIsUndone() throws {
        let before =
            Assembler.li(X.s2, data) + Assembler.li(20, 1) + [Assembler.store(2, 20, 0, X.s2)]
        let inside =
            Assembler.li(20, 2) + [Assembler.store(2, 20, 0, X.s2)]
            + Assembler.li(21, data + 0x8000)
            + [Assembler.store(2, 20, 0, 21)] + GuestAssembly.call(2, 14, data, 4)
            + GuestAssembly.call(4)
        let jump = [Assembler.branch(0, X.t0, 0, Int32(inside.count + 1) * 4)]
        let after =
            [Assembler.store(2, 20, 4, X.s2)] + Assembler.li(21, data + 0x8000)
            + [Assembler.load(2, 22, 0, 21), Assembler.store(2, 22, 8, X.s2)]
            + GuestAssembly.call(0xf1, data + 12, 4) + GuestAssembly.call(2, 13, data, 16)
            + GuestAssembly.sp1Halt
        let text = before + GuestAssembly.call(3) + jump + inside + after
        let outcome = try GuestAssembly.run(.sp1, text)
        #expect(outcome.status == .succeeded)
        #expect(outcome.output == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0])
        #expect(outcome.cycles == UInt64(before.count + 3 + 1 + after.count))
        for limit in 0...outcome.cycles {
            let again = try GuestAssembly.run(.sp1, text, maxCycles: limit)
            #expect((again.status == .succeeded) == (limit == outcome.cycles))
        }
    }

    @Test func onlyWriteAndExitAreAllowedInside() throws {
        for number in [0, 3, 0x10, 0xf0, 0xf1, 0x0030_0105] as [UInt32] {
            let text = GuestAssembly.call(3) + GuestAssembly.call(number, 0, 0)
            let failure = try GuestAssembly.run(.sp1, text).failure
            #expect(failure?.cause == .invalidSyscall)
            #expect(failure?.detail.contains("unconstrained") == true)
        }
        // Leaving what was not entered does nothing.
        let text = GuestAssembly.call(4) + GuestAssembly.sp1Commit(X.t0)
        #expect(try GuestAssembly.run(.sp1, text).output == [0, 0, 0, 0])
    }

    /// A child of SYS_FORK writes to a pipe and to memory; the parent reads the pipe and not the memory.
    @Test func aForkedChildLeavesOnlyItsPipe() throws {
        let assembly = RISCZeroAssembly()
        let text =
            assembly.software("SYS_PIPE", buffer: data, words: 2) + assembly.software("SYS_FORK")
            + [Assembler.branch(1, X.a0, 0, assembly.childByteCount)]
            + assembly.child
            + assembly.readPipe
            + assembly.commit(data + 16, 8) + assembly.halt
        let outcome = try assembly.run(text)
        #expect(outcome.status == .succeeded)
        #expect(outcome.output == [7, 0, 0, 0, 0, 0, 0, 0])
        let nested = assembly.software("SYS_FORK") + assembly.software("SYS_FORK")
        #expect(try assembly.run(nested).failure?.cause == .invalidSyscall)
        let orphan = assembly.software("SYS_EXIT")
        #expect(try assembly.run(orphan).failure?.cause == .invalidSyscall)
    }
}
