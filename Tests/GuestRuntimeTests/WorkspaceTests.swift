import RISCV
import TestSupport
import Testing

@testable import GuestRuntime

/// Guests one after the other in one workspace: each as if it were alone.
@Suite struct WorkspaceTests {
    private static let unit: UInt32 = 1 << UInt32(RISCVLimits.unitShift)

    /// Guests of both machines with random ends, in random order, on random engines.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func noGuestNoticesThoseBefore(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var programs: [(program: GuestProgram, alone: GuestOutcome)] = []
        for number in 0..<6 {
            let vm = random.choice(GuestVM.allCases)
            var shape = RandomProgram.Shape()
            shape.instructionCount = Int(random.number(600))
            shape.functionCount = random.number(4)
            shape.writesText = number % 3 == 0
            shape.ending = vm == .sp1 ? .sp1 : .riscZero
            let elf = RandomProgram(seed: seed * 100 + UInt64(number), shape: shape).program().elf()
            let program = try GuestProgram(elf: elf, vm: vm)
            let alone = program.run(input: GuestInput(), maxCycles: 1 << 22)
            programs.append((program, alone))
        }
        var workspace = GuestWorkspace()
        for round in 0..<60 {
            let (program, alone) = random.choice(programs)
            let engine = random.choice(Engine.allCases)
            let limit = random.isOne(in: 3) ? UInt64(random.number(5000)) : 1 << 22
            let outcome = program.run(
                input: GuestInput(), maxCycles: limit, engine: engine, workspace: &workspace)
            let expected =
                limit >= alone.cycles
                ? alone : program.run(input: GuestInput(), maxCycles: limit, engine: .interpreter)
            #expect(outcome == expected, "seed \(seed), round \(round), \(engine)")
            if random.isOne(in: 2) { workspace.tidy() }
        }
    }

    /// A guest may write to as many units as its machine grants and to no more, whatever units are open
    /// since the guests before, and however it and they write to them.
    @Test(arguments: GuestVM.allCases)
    func theCapIsTheSameToTheLastUnit(vm: GuestVM) throws {
        let capUnitCount = UInt32(vm.memoryByteCountMax) / Self.unit
        // The text takes a unit, and so does the end of RISC Zero's range.
        let data: UInt32 = 0x0040_0000
        let room = min(capUnitCount - 1, (vm.elfRules.dataHigh - data) / Self.unit)
        let openers = try [
            storing(vm, to: 0x0030_0000, unitCount: 5, 0xff),
            storing(vm, to: 0x0030_0000, unitCount: 5, 0),
            storing(vm, to: data, unitCount: 9, 0xff), storing(vm, to: data, unitCount: 40, 1),
        ]
        let guests = try [room, room + 1].map { try storing(vm, to: data, unitCount: $0, 3) }
        let alone = guests.map { run($0) }
        if vm == .sp1 {
            #expect(alone[0].status == .succeeded)
            #expect(alone[1].failure?.cause == .memoryLimitExceeded)
        }
        for engine in Engine.allCases {
            for opener in openers {
                var workspace = GuestWorkspace()
                for (guest, expected) in zip(guests, alone) {
                    #expect(run(opener, engine, &workspace).status == .succeeded)
                    let outcome = run(guest, engine, &workspace)
                    #expect(outcome == expected, "\(engine)")
                    #expect(run(guest, engine, &workspace) == expected, "\(engine), again")
                }
            }
        }
    }

    private func run(_ program: GuestProgram) -> GuestOutcome {
        program.run(input: GuestInput(), maxCycles: 1 << 22)
    }

    private func run(
        _ program: GuestProgram, _ engine: Engine, _ workspace: inout GuestWorkspace
    ) -> GuestOutcome {
        program.run(
            input: GuestInput(), maxCycles: 1 << 22, engine: engine, workspace: &workspace)
    }

    /// Stores a byte to each of a number of units and halts.
    private func storing(
        _ vm: GuestVM, to start: UInt32, unitCount: UInt32, _ byte: UInt32
    ) throws -> GuestProgram {
        let (address, step, end, value): (UInt32, UInt32, UInt32, UInt32) = (8, 9, 18, 19)
        let loop = [
            Assembler.store(0, value, 0, address), Assembler.register(0, 0, address, address, step),
            Assembler.branch(6, address, end, -8),
        ]
        let text =
            Assembler.li(address, start) + Assembler.li(step, Self.unit)
            + Assembler.li(end, start + unitCount * Self.unit) + Assembler.li(value, byte) + loop
        let halt =
            vm == .sp1 ? GuestAssembly.sp1Halt : GuestAssembly.call(0, 0, ELFBuilder.textStart)
        // Without the data that `GuestAssembly.program` puts behind the text.
        var builder = ELFBuilder(text: text + halt)
        builder.segments.removeLast(builder.segments.count - 1)
        return try GuestProgram(elf: builder.file(), vm: vm)
    }
}
