import RISCV
import TestSupport
import Testing

/// Text and data at unusual addresses.
@Suite struct PlaceTests {
    /// The lowest and the highest text, and text across every border.
    private static func starts(_ setup: MachineSetup) -> [UInt32] {
        // RISC Zero's image may start lower than what its guests may fetch from.
        let low = max(setup.rules.imageLow, setup.rules.dataLow)
        let high = setup.rules.imageHigh & ~3
        let borders: [UInt32] = [
            0x400, 0x800, 0x1000, 0x1_0000, 0x0030_0000, 0x0400_0000, low + 0x2000, high - 0x1000,
        ]
        return [low, low + 4] + borders.map { $0 - 100 } + borders
    }

    @Test(arguments: [true, false])
    func textAnywhere(isSP1: Bool) throws {
        let setup = isSP1 ? MachineSetup.sp1 : .riscZero
        let low = max(setup.rules.imageLow, setup.rules.dataLow)
        for (index, start) in Self.starts(setup).enumerated() where start >= low {
            let seed = UInt64(index)
            var shape = RandomProgram.Shape()
            shape.start = start
            shape.instructionCount = 120
            shape.writesText = index % 2 == 0
            shape.ending = index % 3 == 0 ? .endOfText : .breakpoint
            shape.data = 0x0050_f800..<0x0051_0800
            let program = RandomProgram(seed: seed, shape: shape).program()
            try LockstepTests.check(
                program, setup, cycleCountMax: 5000, stride: .mixed, seed: seed)
            var wild = WildProgram.Shape(addresses: setup.borders + [start])
            wild.start = start
            for round in 0..<20 as Range<UInt64> {
                try LockstepTests.check(
                    WildProgram(seed: 7000 + round * 64 + seed, shape: wild).program(), setup,
                    cycleCountMax: 300, stride: .allCases[Int(round % 4)], seed: round)
            }
        }
    }

    /// Under RISC Zero's rules an image may start below guest memory; there is nothing to fetch there.
    @Test func textBelowGuestMemory() throws {
        for round in 0..<40 as Range<UInt64> {
            var wild = WildProgram.Shape(addresses: MachineSetup.riscZero.borders)
            wild.start = 0x400 - UInt32(round) * 4
            var program = WildProgram(seed: 8000 + round, shape: wild).program()
            program.entry = 0x400
            try LockstepTests.check(
                program, .riscZero, cycleCountMax: 300, stride: .allCases[Int(round % 4)],
                seed: round)
            program.entry = 0x3fc
            #expect(throws: ELFError.entryOutsideText(0x3fc)) {
                try LoadedProgram(program, .riscZero)
            }
        }
    }

    /// The last words that there can be: text up to the end of the image's range.
    @Test(arguments: [true, false])
    func textUpToTheEnd(isSP1: Bool) throws {
        let setup = isSP1 ? MachineSetup.sp1 : .riscZero
        let high = setup.rules.imageHigh & ~3
        for round in 0..<40 as Range<UInt64> {
            var wild = WildProgram.Shape(addresses: setup.borders)
            wild.instructionCount = 40
            wild.start = high - 200
            var program = WildProgram(seed: 9000 + round, shape: wild).program()
            // Nothing but the end of the text behind the last one.
            program.text = Array(program.text.prefix(40))
            program.start = high - 160
            program.entry = program.start
            try LockstepTests.check(
                program, setup, cycleCountMax: 300, stride: .blocks, seed: round)
        }
    }

    /// Programs whose data surrounds their text within one page, one unit: stores on all sides of it.
    @Test(arguments: [true, false])
    func dataAroundText(isSP1: Bool) throws {
        let setup = isSP1 ? MachineSetup.sp1 : .riscZero
        for round in 0..<60 as Range<UInt64> {
            let start = ELFBuilder.textStart + UInt32(round % 3) * 0x7c
            var wild = WildProgram.Shape(addresses: [start, start + 96, start + 192, start + 1024])
            wild.start = start
            var program = WildProgram(seed: 11_000 + round, shape: wild).program()
            let end = start + UInt32(program.text.count) * 4
            program.data = [
                .init(address: start - 64, bytes: [UInt8](repeating: 0x11, count: 64)),
                .init(address: end, bytes: [UInt8](repeating: 0x13, count: 64)),
            ]
            try LockstepTests.check(
                program, setup, cycleCountMax: 300, stride: .allCases[Int(round % 4)], seed: round)
        }
    }
}
