import Bytes
import ExecutionPool
import GuestRuntime
import TestSupport

/// Programs that leave traces wherever they can, and one that looks for them.
enum LeftoverPrograms {
    typealias Asm = Assembler

    /// Writes memory and registers and then faults. Runs under both machines.
    static let scribbler = program(scribble(from: sparseStart, to: 0x0B00_0000) + fault)

    /// The same with all the memory that SP1 grants, 512 MiB less what the rest takes.
    static let greedyScribbler = program(scribble(from: sparseStart, to: 0x2000_0000) + fault)

    /// The same with more than there is.
    static let insatiable = program(scribble(from: sparseStart, to: 0x3000_0000) + fault)

    /// The same inside a block that would be undone, if it ended.
    static let unconstrainedScribbler = program(
        Asm.li(t0, 3) + [Asm.ecall] + scribble(from: sparseStart, to: 0x0800_0000) + fault)

    /// Commits four bytes: the bitwise OR of what it finds in registers and memory.
    static let looker = program(look)

    /// Looks after having scribbled, which shows that the looker sees what there is.
    static let scribblerThatLooks = program(scribble(from: sparseStart, to: 0x2000_0000) + look)

    private static func program(_ text: [UInt32]) -> [UInt8] { ELFBuilder(text: text).file() }

    private static let (x0, t0, t1, t2, s0, a0, a1, a2): Registers = (0, 5, 6, 7, 8, 10, 11, 12)
    private typealias Registers = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

    private static let denseRange: Range<UInt32> = 0x0031_0000..<0x0033_0000
    private static let sparseStart: UInt32 = 0x0040_0000
    private static let sparseStep: UInt32 = 0x4000
    /// Where the sparse words are from there.
    private static let sparseOffset: Int32 = 0x244

    /// A load from address 0, which neither machine has.
    private static let fault = [Asm.load(2, t0, 0, x0)]

    /// Every word of two units of memory, four in each unit of a wide range, and every register.
    private static func scribble(from start: UInt32, to end: UInt32) -> [UInt32] {
        let pattern: UInt32 = 0xDEAD_BEEF
        return Asm.li(s0, pattern)
            + loop(denseRange.lowerBound, denseRange.upperBound, 4, [Asm.store(2, s0, 0, t0)])
            + loop(start, end, sparseStep, [Asm.store(2, s0, sparseOffset, t0)])
            + (1..<32).flatMap { Asm.li($0, pattern) }
    }

    private static var look: [UInt32] {
        let or = { (register: UInt32) in Asm.register(0, 6, s0, s0, register) }
        let visit = { (offset: Int32) in [Asm.load(2, t2, offset, t0), or(t2)] }
        return (1..<32).map(or)
            + loop(denseRange.lowerBound, denseRange.upperBound, 4, visit(0))
            + loop(sparseStart, 0x2000_0000, sparseStep, visit(sparseOffset))
            // The rest of the address space, once in each unit that the cap counts.
            + loop(0x2000_0000, 0x7800_0000, 0x1_0000, visit(sparseOffset))
            + Asm.li(t0, denseRange.lowerBound) + [Asm.store(2, s0, 0, t0)]
            + Asm.li(a0, 13) + Asm.li(a1, denseRange.lowerBound) + Asm.li(a2, 4)
            + Asm.li(t0, 2) + [Asm.ecall] + Asm.li(a0, 0) + Asm.li(t0, 0) + [Asm.ecall]
    }

    /// `body` for every address in t0 from `start` up to `end`. Overwrites t1.
    private static func loop(
        _ start: UInt32, _ end: UInt32, _ step: UInt32, _ body: [UInt32]
    ) -> [UInt32] {
        // The step is the same two instructions in every round: it need not fit an immediate.
        let round = body + Asm.li(t1, step) + [Asm.register(0, 0, t0, t0, t1)] + Asm.li(t1, end)
        return Asm.li(t0, start) + round + [Asm.branch(6, t0, t1, -Int32(4 * round.count))]
    }
}
