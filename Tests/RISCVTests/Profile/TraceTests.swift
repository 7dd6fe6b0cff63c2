import TestSupport
import Testing

@testable import RISCV

@Suite struct TraceTests {
    private let data: UInt32 = 0x0030_0000

    /// Stores, loads, a call of the host, a loop, and at the end a load from nowhere.
    private var program: ObservedProgram {
        ObservedProgram(
            text: Assembler.li(6, data) + Assembler.li(7, 0xcafe) + [
                Assembler.store(1, 7, 4, 6), Assembler.load(4, 8, 4, 6), Assembler.ecall,
                Assembler.addi(9, 0, 3), Assembler.addi(9, 9, -1), Assembler.branch(1, 9, 0, -4),
                Assembler.load(2, 8, 16, 9), Assembler.ebreak,
            ])
    }

    private func run(_ start: TraceWindow.Start, _ count: Int) throws -> ObservedProgram.Result {
        try program.run(trace: TraceWindow(start: start, count: count))
    }

    @Test func everyInstructionIsThere() throws {
        let result = try run(.step(0), 1000)
        let traced = result.traced
        #expect(result.exit == .fault(.loadOutside(address: 16)))
        #expect(traced.count == 15)
        #expect(traced.map(\.step) == Array(0..<15))
        #expect(traced.map(\.cycle) == Array(0..<7) + Array(17..<25))
        #expect(traced.dropLast().allSatisfy { $0.isExecuted })
        #expect(traced[0].changes == [.init(register: 6, value: data)])
        #expect(
            traced[4].memory
                == .init(isStore: true, address: data + 4, byteCount: 2, value: 0xcafe))
        #expect(
            traced[5].memory == .init(isStore: false, address: data + 4, byteCount: 1, value: 0xfe))
        #expect(traced[5].changes == [.init(register: 8, value: 0xfe)])
        #expect(traced[6].call == "call")
        #expect(traced[6].changes == [.init(register: 10, value: 1)])
        #expect(traced[9].changes.isEmpty && traced[9].instruction?.operation == .bne)
        let last = try #require(traced.last)
        #expect(!last.isExecuted && last.instruction?.operation == .lw)
        #expect(last.memory == .init(isStore: false, address: 16, byteCount: 4, value: nil))
        #expect(last.operands == [.init(register: 9, value: 0)])
        #expect(result.stepCount == 15)
    }

    /// Each window is a piece of the whole trace, and the run is the same.
    @Test func windowsArePieces() throws {
        let whole = try run(.step(0), 1000)
        for first in 0..<16 {
            for count in 0..<17 {
                let piece = try run(.step(UInt64(first)), count)
                let expected = whole.traced.dropFirst(first).prefix(count)
                #expect(piece.traced.map(\.address) == expected.map(\.address))
                #expect(piece.traced.map(\.changes) == expected.map(\.changes))
                #expect(piece.traced.map(\.isExecuted) == expected.map(\.isExecuted))
                #expect(piece.registers == whole.registers && piece.cycles == whole.cycles)
            }
        }
    }

    @Test func cyclesStartAWindow() throws {
        for cycle in 0..<30 as Range<UInt64> {
            let traced = try run(.cycle(cycle), 3).traced
            let expected = try run(.step(0), 1000).traced.filter { $0.cycle >= cycle }.prefix(3)
            #expect(traced.map(\.step) == expected.map(\.step))
        }
    }

    /// What stops a program is the last entry: a fault, or the limit, at each instruction.
    @Test func theLimitIsShown() throws {
        let whole = try run(.step(0), 1000).traced
        for limit in 1..<25 as Range<Int64> {
            var program = program
            program.cycleLimit = limit
            let result = try program.run(trace: TraceWindow(start: .step(0), count: 1000))
            #expect(result.exit == .cycleLimit)
            let executed = whole.prefix { Int64($0.cycle) < limit }
            #expect(result.traced.count == executed.count + 1)
            #expect(result.traced.last?.isExecuted == false)
            #expect(result.traced.last?.address == whole[executed.count].address)
            #expect(result.stepCount == UInt64(executed.count + 1))
        }
    }

    @Test func theCountIsBounded() {
        let window = TraceWindow(start: .step(0), count: .max)
        #expect(window.count == RISCVLimits.tracedInstructionCountMax)
        #expect(TraceWindow(start: .step(0), count: -1).count == 0)
    }
}
