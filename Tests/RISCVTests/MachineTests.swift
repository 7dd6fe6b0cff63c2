import RISCV
import TestSupport
import Testing

@Suite struct MachineTests {
    private static let data: UInt32 = 0x0030_0000

    private func machine(
        _ text: [UInt32], _ rules: ELFRules = .sp1, cycles: Int64 = 1000,
        memoryByteCountMax: Int = 1 << 20
    ) throws -> Machine {
        let image = try ELFImage(parsing: ELFBuilder(text: text).file(), rules: rules)
        let model: CycleModel = rules == .sp1 ? .uniform : .riscZero
        return try Machine(
            image: image, code: CodeImage(image, model: model, rules: rules), rules: rules,
            memoryByteCountMax: memoryByteCountMax, cycleLimit: cycles,
            reservation: GuestReservation())
    }

    /// A fault at each position of a block costs what stands before it, and names its own pc.
    @Test func faultsAreExact() throws {
        let loads: [UInt32] = [0, 1, 2, 4, 5]
        for rules in [ELFRules.sp1, .riscZero] {
            var faults: [(UInt32, UInt32, MachineFault)] = [
                (Assembler.ebreak, 0, .breakpoint),
                (0x0ff0_000f, 0, .unimplementedInstruction(word: 0x0ff0_000f)),
                (Assembler.load(2, 0, 1, 5), Self.data, .misalignedLoad(address: Self.data + 1)),
                (Assembler.load(1, 3, 1, 5), Self.data, .misalignedLoad(address: Self.data + 1)),
                (Assembler.store(2, 3, 2, 5), Self.data, .misalignedStore(address: Self.data + 2)),
                (Assembler.store(1, 3, 1, 5), Self.data, .misalignedStore(address: Self.data + 1)),
                (Assembler.jalr(1, 5, 2), Self.data, .misalignedTarget(address: Self.data + 2)),
                (Assembler.jal(1, 6), 0, .misalignedTarget(address: 0)),
                (Assembler.branch(0, 0, 0, 6), 0, .misalignedTarget(address: 0)),
            ]
            for address in [0, rules.dataLow - 4, rules.dataHigh, 0x8000_0000, 0xffff_fffc] {
                for width in loads {
                    let word = Assembler.load(width, 0, 0, 5)
                    faults.append((word, address, .loadOutside(address: address)))
                }
                for width in 0..<3 as Range<UInt32> {
                    let word = Assembler.store(width, 0, 0, 5)
                    faults.append((word, address, .storeOutside(address: address)))
                }
            }
            for (word, base, fault) in faults {
                for position in 0..<4 { try check(rules, word, base, fault, position) }
            }
        }
    }

    private func check(
        _ rules: ELFRules, _ word: UInt32, _ base: UInt32, _ fault: MachineFault, _ position: Int
    ) throws {
        let before = Assembler.li(5, base) + [UInt32](repeating: 0x13, count: position)
        let text = before + [word, 0x13, 0x13, 0x13]
        var machine = try machine(text, rules)
        let pc = ELFBuilder.textStart + UInt32(before.count) * 4
        var expected = fault
        if fault == .misalignedTarget(address: 0) { expected = .misalignedTarget(address: pc + 6) }
        #expect(machine.run() == .fault(expected))
        #expect(machine.state.pc == pc)
        #expect(machine.state.remainingCycles == Int64(1000 - before.count))
        #expect(machine.state.instructionCount == UInt64(before.count))
    }

    /// The first and the last words that each machine's data may be at.
    @Test func theEdgesOfMemoryWork() throws {
        for rules in [ELFRules.sp1, .riscZero] {
            for address in [rules.dataLow, rules.dataHigh - 4] {
                let text =
                    Assembler.li(5, address) + Assembler.li(6, 0x0123_4567) + [
                        Assembler.store(2, 6, 0, 5), Assembler.load(2, 7, 0, 5),
                        Assembler.store(0, 6, 3, 5), Assembler.load(5, 8, 2, 5), Assembler.ebreak,
                    ]
                var machine = try machine(text, rules)
                #expect(machine.run() == .fault(.breakpoint))
                #expect(machine.state.registers[7] == 0x0123_4567)
                #expect(machine.state.registers[8] == 0x6723)
            }
        }
    }

    @Test func jumpsOutOfTheTextFailUnderSP1AndFetchUnderRISCZero() throws {
        // Writes addi x9, x0, 7 and EBREAK to the data area, and goes there.
        let text =
            Assembler.li(5, Self.data) + Assembler.li(6, Assembler.addi(9, 0, 7))
            + Assembler.li(7, Assembler.ebreak) + [
                Assembler.store(2, 6, 0, 5), Assembler.store(2, 7, 4, 5),
                Assembler.jalr(1, 5, 0),
            ]
        var fixed = try machine(text)
        #expect(fixed.run() == .fault(.fetchOutside))
        #expect(fixed.state.pc == Self.data && fixed.state.instructionCount == 9)
        var free = try machine(text, .riscZero)
        #expect(free.run() == .fault(.breakpoint))
        #expect(free.state.pc == Self.data + 4 && free.state.registers[9] == 7)
        #expect(free.state.instructionCount == 10)
    }

    /// JALR clears bit 0 under RISC Zero and keeps it under SP1, where the target then is misaligned.
    @Test func oddJumpTargets() throws {
        let text = [Assembler.auipc(5, 0), Assembler.jalr(1, 5, 13), 0, Assembler.ebreak]
        var free = try machine(text.map { $0 == 0 ? 0x13 : $0 }, .riscZero)
        #expect(free.run() == .fault(.breakpoint))
        #expect(free.state.instructionCount == 2)
        var fixed = try machine(text.map { $0 == 0 ? 0x13 : $0 })
        #expect(
            fixed.run() == .fault(.misalignedTarget(address: ELFBuilder.textStart + 13)))
    }

    /// A loop that stores to a new unit of 64 KiB each round reaches the cap exactly.
    @Test func writtenMemoryIsCapped() throws {
        let text =
            Assembler.li(5, 0x0100_0000) + Assembler.li(6, 1 << 16) + [
                Assembler.load(2, 7, 0, 5), Assembler.store(2, 6, 0, 5),
                Assembler.store(2, 6, 1024, 5), Assembler.register(0, 0, 5, 5, 6),
                Assembler.jal(0, -16),
            ]
        // The text takes one unit of the sixteen.
        var machine = try machine(text, memoryByteCountMax: 16 << 16)
        #expect(machine.run() == .fault(.memoryCapReached(byteCount: 16 << 16)))
        #expect(machine.memory.touchedByteCount == 16 << 16)
        #expect(machine.state.registers[5] == 0x0100_0000 + 15 << 16)
    }

    @Test func snapshotsRestoreEverything() throws {
        var random = SeededRandom(seed: 77)
        var machine = try machine([0x13])
        var model = [UInt32: [UInt8]]()
        for _ in 0..<40 {
            let address = 0x0050_0000 + UInt32.random(in: 0..<64, using: &random) * 512
            let bytes = random.bytes(512)
            model[address] = bytes
            try machine.memory.write(address, bytes.span)
        }
        let touched = machine.memory.touchedByteCount
        for _ in 0..<20 {
            machine.memory.takeSnapshot()
            for _ in 0..<30 {
                let address = 0x0050_0000 + UInt32.random(in: 0..<96, using: &random) * 512
                try machine.memory.write(address, random.bytes(100).span)
            }
            machine.memory.restoreSnapshot()
            #expect(machine.memory.touchedByteCount == touched)
            for index in 0..<96 as Range<UInt32> {
                let address = 0x0050_0000 + index * 512
                let zeros = [UInt8](repeating: 0, count: 512)
                let found = try machine.memory.read(address, byteCount: 512)
                #expect(found == model[address] ?? zeros)
            }
        }
    }

    /// The next guest on the same reservation finds zeros, whatever its rules are.
    @Test func nothingIsLeftForTheNextGuest() throws {
        let reservation = try GuestReservation()
        for rules in [ELFRules.sp1, .riscZero, .riscZero, .sp1, .sp1] {
            var memory = try GuestMemory(
                rules: rules, text: 0..<0, byteCountMax: 1 << 22, reservation: reservation)
            let addresses = [
                rules.dataLow, 0xffff, 0x0020_0000, 0x0123_4567, rules.dataHigh - 2000,
            ]
            for address in addresses {
                let bytes = try memory.read(address, byteCount: 2000)
                #expect(bytes.allSatisfy { $0 == 0 })
            }
            #expect(memory.touchedByteCount == 0)
            let ones = [UInt8](repeating: 0xff, count: 2000)
            for address in addresses { try memory.write(address, ones.span) }
            #expect(memory.touchedByteCount == (rules == .sp1 ? 6 : 5) << 16)
        }
    }

    /// Random words as text, random registers: whatever happens, the host gets an exit, and running with
    /// any smaller budget stops on the way of the whole run.
    @Test func randomWordsNeverTrapTheHost() throws {
        var random = SeededRandom(seed: 4_711)
        for round in 0..<400 {
            let text = (0..<64).map { _ in randomWord(&random) }
            let image = try ELFImage(parsing: ELFBuilder(text: text).file(), rules: .riscZero)
            let code = try CodeImage(image, model: .riscZero, rules: .riscZero)
            let registers = (0..<32).map { _ in UInt32.random(in: 0 ... .max, using: &random) }
            func run(_ limit: Int64) throws -> (MachineExit, MachineState) {
                var machine = try Machine(
                    image: image, code: code, rules: .riscZero, memoryByteCountMax: 192 << 20,
                    cycleLimit: limit, reservation: GuestReservation())
                for index in 1..<32 as Range<UInt8> {
                    machine.state.registers[index] = registers[Int(index)]
                }
                let exit = machine.run()
                return (exit, machine.state)
            }
            let (exit, whole) = try run(2000)
            let cost = 2000 - whole.remainingCycles
            for limit in 0..<min(cost, 40) {
                let (cut, state) = try run(limit)
                #expect(cut == .cycleLimit, "round \(round), limit \(limit)")
                #expect(state.remainingCycles == 0 || state.remainingCycles == -1)
                #expect(state.instructionCount <= whole.instructionCount)
            }
            if exit != .cycleLimit {
                let (again, state) = try run(cost + 1)
                #expect(again == exit && state.registers.values == whole.registers.values)
            }
        }
    }

    private func randomWord(_ random: inout SeededRandom) -> UInt32 {
        let opcodes: [UInt32] = [0x37, 0x17, 0x6f, 0x67, 0x63, 0x03, 0x23, 0x13, 0x33, 0x33, 0x13]
        let word = UInt32.random(in: 0 ... .max, using: &random)
        let isWild = Int.random(in: 0..<20, using: &random) == 0
        return isWild
            ? word : word & ~0x7f & ~0xf200_0000 | (opcodes.randomElement(using: &random) ?? 0x13)
    }
}
