import RISCV
import TestSupport
import Testing

/// Whatever a program does: observing changes nothing, and the cycles add up.
@Suite struct ProfileTotalsTests {
    /// Jumps, calls and returns to and fro at random, stores into the text included.
    private func randomProgram(_ random: inout SeededRandom, changesText: Bool) -> [UInt32] {
        var text = Assembler.li(2, 0x0030_8000) + Assembler.li(18, ObservedProgram.start)
        let count = 120
        while text.count < count {
            let near = Int32.random(in: -20...20, using: &random) * 4
            let target = max(-Int32(text.count) * 4, near == 0 ? 4 : near)
            let register = UInt32.random(in: 8..<16, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0: text.append(Assembler.jal(1, target))
            case 1: text.append(Assembler.jal(0, target))
            case 2: text.append(Assembler.jalr(0, 1, 0))
            case 3: text.append(Assembler.jal(5, target))
            case 4: text.append(Assembler.jalr(1, 5, 0))
            case 5: text.append(Assembler.jalr(0, 5, 0))
            case 6:
                text.append(
                    Assembler.branch(
                        UInt32([0, 1, 4, 5].randomElement(using: &random) ?? 0), register, 8, target
                    ))
            case 7: text.append(Assembler.ecall)
            case 8: text.append(Assembler.addi(2, 2, Int32.random(in: -2...2, using: &random) * 16))
            case 9 where changesText: text.append(Assembler.store(2, 9, near & 255, 18))
            default:
                text.append(
                    Assembler.register(
                        0, [0, 4, 6, 7].randomElement(using: &random) ?? 0, register, 9, register))
            }
        }
        return text + [Assembler.ebreak]
    }

    @Test func everyCycleHasAPlace() throws {
        let seed: UInt64 = 0x7074_616c
        var random = SeededRandom(seed: seed)
        for round in 0..<400 {
            let text = randomProgram(&random, changesText: round % 4 == 0)
            let symbols = (0..<Int.random(in: 0...12, using: &random)).map { number in
                ELFSymbols.Symbol(
                    address: ObservedProgram.start + UInt32.random(in: 0..<130, using: &random) * 4,
                    byteCount: UInt32.random(in: 0..<40, using: &random) * 4,
                    isFunction: .random(using: &random), name: "f\(number)")
            }
            var program = ObservedProgram(text: text, symbols: ELFSymbols(symbols: symbols))
            program.rules = round % 2 == 0 ? .riscZero : .sp1
            program.cycleLimit = Int64.random(in: 1...3000, using: &random)
            let plain = try program.runUnobserved()
            let start = UInt64.random(in: 0..<100, using: &random)
            let window: TraceWindow? =
                round % 3 == 0 ? TraceWindow(start: .step(start), count: 50) : nil
            let result = try program.run(trace: window)
            #expect(result.exit == plain.exit, "round \(round) of seed \(seed)")
            #expect(result.cycles == plain.cycles && result.registers == plain.registers)
            check(result, round, blocksAreWhole: round % 4 != 0)
        }
    }

    private func check(
        _ result: ObservedProgram.Result, _ round: Int, blocksAreWhole: Bool
    ) {
        let profile = result.profile
        #expect(profile.cycles == result.cycles, "round \(round)")
        #expect(profile.instructions == result.instructions)
        #expect(profile.functions.reduce(0) { $0 + $1.cycles } == result.cycles)
        #expect(profile.stacks[0].inclusiveCycles == result.cycles)
        #expect(profile.functions.allSatisfy { $0.inclusiveCycles >= $0.cycles })
        // All blocks are listed when there are few: they and the host's charges are everything.
        let calls = result.function("call")
        let charges = (calls?.entryCount ?? 0) * UInt64(ObservedProgram.callCost)
        let blocks = profile.blocks.reduce(0) { $0 + $1.cycles }
        if blocksAreWhole, profile.blocks.count < RISCVLimits.hotBlockCountMax {
            #expect(blocks + charges == result.cycles, "round \(round)")
        }
    }
}
