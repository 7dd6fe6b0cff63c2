import Bytes
import GuestRuntime
import TestSupport
import Testing

@Suite struct CycleLimitTests {
    /// A loop of ten rounds over cheap and dear instructions, then the end.
    private static func text(_ vm: GuestVM) -> [UInt32] {
        Assembler.li(18, 10) + Assembler.li(19, GuestAssembly.data) + [
            Assembler.register(1, 4, 20, 18, 18),  // div
            Assembler.register(0, 4, 21, 20, 18),  // xor
            Assembler.store(2, 21, 0, 19),
            Assembler.load(2, 22, 0, 19),
            Assembler.addi(18, 18, -1),
            Assembler.branch(1, 18, 0, -20),
        ] + GuestAssembly.call(0, 0, GuestAssembly.data)
    }

    /// SP1 counts instructions: 4 before the loop, 6 in each round, 7 at the end. RISC Zero counts two
    /// for the division and the exclusive or.
    @Test(arguments: GuestVM.allCases)
    func everyLimitUpToTheCostFailsAndNoOther(vm: GuestVM) throws {
        let cost: UInt64 = vm == .sp1 ? 71 : 91
        let program = try GuestAssembly.program(vm, Self.text(vm))
        let whole = program.run(input: GuestInput(), maxCycles: 1 << 40)
        #expect(whole.status == .succeeded)
        #expect(whole.cycles == cost)
        #expect(whole.instructions == 71)
        for limit in 0...cost + 1 {
            let outcome = program.run(input: GuestInput(), maxCycles: limit)
            #expect((outcome.status == .succeeded) == (limit >= cost))
            guard let failure = outcome.failure else { continue }
            #expect(failure.cause == .cycleLimitExceeded)
            #expect(outcome.cycles == limit || vm == .risc0 && outcome.cycles == limit + 1)
            #expect(
                failure.description
                    == "cycle limit exceeded at pc 0x" + hex(failure.pc)
                    + " after \(outcome.cycles) cycles: the limit is \(limit)")
        }
    }

    /// The pc at each limit is the one of a machine that executes one instruction at a time.
    @Test func theLimitNamesTheNextInstruction() throws {
        let program = try GuestAssembly.program(.sp1, Self.text(.sp1))
        var pc = ELFBuilder.textStart
        for limit in 0..<71 as Range<UInt64> {
            #expect(program.run(input: GuestInput(), maxCycles: limit).failure?.pc == pc)
            let isBranchBack = (4..<64).contains(limit) && (limit - 4) % 6 == 5 && limit != 63
            pc = isBranchBack ? pc - 20 : pc + 4
        }
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
