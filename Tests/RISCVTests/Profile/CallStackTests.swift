import RISCV
import TestSupport
import Testing

/// Which stack of calls each cycle belongs to, for programs whose stacks are known.
@Suite struct CallStackTests {
    private typealias Item = ObservedProgram.Item
    private let ra: UInt32 = 1, sp: UInt32 = 2, t0: UInt32 = 5, t1: UInt32 = 6, a0: UInt32 = 10
    private let nop: UInt32 = 0x13
    private let ret = Assembler.jalr(0, 1, 0)
    private let end = Assembler.ebreak

    private func push(_ bytes: Int32 = 16) -> Item {
        .words([Assembler.addi(sp, sp, -bytes), Assembler.store(2, ra, bytes - 4, sp)])
    }

    private func pop(_ bytes: Int32 = 16) -> Item {
        .words([Assembler.load(2, ra, bytes - 4, sp), Assembler.addi(sp, sp, bytes)])
    }

    private var setStack: Item { .words(Assembler.li(sp, 0x0030_8000)) }

    @Test func callsAndReturns() throws {
        let result = try ObservedProgram([
            ("main", [setStack, .jump(ra, "outer"), .jump(ra, "inner"), .word(end)]),
            ("outer", [push(), .jump(ra, "inner"), .jump(ra, "inner"), pop(), .word(ret)]),
            ("inner", [.word(nop), .word(nop), .word(ret)]),
        ]).run()
        #expect(
            result.folded == ["main": 4, "main;outer": 7, "main;outer;inner": 6, "main;inner": 3])
        #expect(result.function("inner")?.cycles == 9)
        #expect(result.function("inner")?.entryCount == 3)
        #expect(result.function("outer")?.inclusiveCycles == 13)
        #expect(result.function("main")?.inclusiveCycles == result.cycles)
        #expect(result.profile.hasSymbols && !result.profile.stacksAreCut)
    }

    @Test func hostCallsHaveTheirOwnLine() throws {
        let result = try ObservedProgram([
            ("main", [setStack, .jump(ra, "caller"), .word(end)]),
            ("caller", [.word(Assembler.ecall), .word(nop), .word(Assembler.ecall), .word(ret)]),
        ]).run()
        #expect(result.folded == ["main": 3, "main;caller": 2, "main;caller;call": 22])
        #expect(result.function("call")?.kind == .call)
        #expect(result.function("call")?.entryCount == 2)
    }

    @Test func recursionCountsOnce() throws {
        // f(a0): if a0 != 0 { f(a0 - 1) }
        let result = try ObservedProgram([
            ("main", [setStack, .word(Assembler.addi(a0, 0, 3)), .jump(ra, "f"), .word(end)]),
            (
                "f",
                [
                    push(), .word(Assembler.branch(0, a0, 0, 12)),
                    .word(Assembler.addi(a0, a0, -1)), .jump(ra, "f"), pop(), .word(ret),
                ]
            ),
        ]).run()
        #expect(
            result.folded == [
                "main": 4, "main;f": 8, "main;f;f": 8, "main;f;f;f": 8, "main;f;f;f;f": 6,
            ])
        #expect(result.function("f")?.inclusiveCycles == 30)
        #expect(result.function("f")?.entryCount == 4)
    }

    @Test func tailCallsTakeTheCallersPlace() throws {
        let result = try ObservedProgram([
            ("main", [setStack, .jump(ra, "first"), .jump(ra, "second"), .word(end)]),
            ("first", [.word(nop), .jump(0, "second")]),
            ("second", [.word(nop), .word(ret)]),
        ]).run()
        #expect(result.folded == ["main": 4, "main;first": 2, "main;second": 4])
        #expect(result.function("second")?.entryCount == 2)
    }

    @Test func millicodeReturnsThroughT0() throws {
        let result = try ObservedProgram([
            ("main", [setStack, .jump(ra, "f"), .word(end)]),
            ("f", [.jump(t0, "save"), .word(nop), .jump(0, "restore")]),
            ("save", [push(), .word(Assembler.jalr(0, t0, 0))]),
            ("restore", [pop(), .word(ret)]),
        ]).run()
        #expect(
            result.folded == ["main": 3, "main;f": 3, "main;f;save": 3, "main;restore": 3])
    }

    /// What setjmp saved is put back three calls further down: those calls are over.
    @Test func longjmpUnwinds() throws {
        let result = try ObservedProgram([
            (
                "main",
                [
                    setStack, .jump(ra, "setjmp"), .word(Assembler.branch(1, a0, 0, 8)),
                    .jump(ra, "f"), .jump(ra, "after"), .word(end),
                ]
            ),
            (
                "setjmp",
                [
                    .word(Assembler.addi(18, ra, 0)), .word(Assembler.addi(19, sp, 0)),
                    .word(Assembler.addi(a0, 0, 0)), .word(ret),
                ]
            ),
            ("f", [push(), .jump(ra, "g"), pop(), .word(ret)]),
            ("g", [push(32), .jump(ra, "longjmp"), pop(32), .word(ret)]),
            (
                "longjmp",
                [
                    .word(Assembler.addi(ra, 18, 0)), .word(Assembler.addi(sp, 19, 0)),
                    .word(Assembler.addi(a0, 0, 1)), .word(ret),
                ]
            ),
            ("after", [.word(nop), .word(ret)]),
        ]).run()
        #expect(
            result.folded == [
                "main": 7, "main;setjmp": 4, "main;f": 3, "main;f;g": 3, "main;f;g;longjmp": 4,
                "main;after": 2,
            ])
    }

    /// A block that runs on from one function into the next belongs to both.
    @Test func fallingThroughIsSplit() throws {
        let result = try ObservedProgram([
            ("main", [.word(nop), .word(nop)]), ("next", [.word(nop), .word(end)]),
        ]).run()
        #expect(result.folded == ["main": 2, "next": 1])
    }

    /// Without symbols, functions are where calls go, indirect ones included.
    @Test func targetsOfCallsAreFunctions() throws {
        let start = ObservedProgram.start
        let text =
            Assembler.li(t1, start + 24)
            + [Assembler.jalr(ra, t1, 0), Assembler.jal(ra, 20), end, nop]
            // What only the register knows, then what the JAL says.
            + [nop, ret, nop, nop, ret]
        let result = try ObservedProgram(text: text).run()
        #expect(!result.profile.hasSymbols)
        #expect(
            result.folded == [
                HexText.word(start): 4, "\(HexText.word(start));\(HexText.word(start + 24))": 2,
                "\(HexText.word(start));\(HexText.word(start + 32))": 3,
            ])
    }

    /// More calls than are remembered, and none comes back until the end: every cycle is counted.
    @Test func depthIsBounded() throws {
        let count = UInt32(RISCVLimits.shadowFrameCountMax + 1000)
        let result = try ObservedProgram([
            ("main", [.words(Assembler.li(a0, count)), .jump(ra, "down"), .word(end)]),
            (
                "down",
                [
                    .word(Assembler.addi(a0, a0, -1)), .word(Assembler.branch(0, a0, 0, 8)),
                    .jump(ra, "down"), .word(nop), .word(end),
                ]
            ),
        ]).run()
        #expect(result.profile.stacksAreCut)
        #expect(result.profile.stacks.count < 2 * RISCVLimits.callTreeDepthMax)
        #expect(result.profile.functions.reduce(0) { $0 + $1.cycles } == result.cycles)
        #expect(result.function("down")?.entryCount == UInt64(count))
        #expect(result.function("down")?.inclusiveCycles == result.cycles - 3)
    }
}
