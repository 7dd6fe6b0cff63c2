import RISCV
import TestSupport

/// A program made of bytes, any bytes: four choose the rules, the stride, the limit and the registers, the
/// rest are instructions.
struct ProgramFuzzCase {
    let program: TestProgram
    let setup: MachineSetup
    let stride: Lockstep.Stride
    let cycleCountMax: Int64

    /// Nil when there are too few bytes, or more than any engine needs to go wrong.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8, bytes.count <= 4096 else { return nil }
        var setup = bytes[0] & 1 == 0 ? MachineSetup.sp1 : .riscZero
        if bytes[0] & 2 != 0 { setup.model = setup.model == .uniform ? .riscZero : .uniform }
        if bytes[0] & 4 != 0 { setup.memoryByteCountMax = 4 << RISCVLimits.unitShift }
        self.setup = setup
        stride = Lockstep.Stride.allCases[Int(bytes[1] & 3)]
        cycleCountMax = Int64(bytes[2]) << (bytes[1] >> 2 & 3)
        var words: [UInt32] = []
        for index in Swift.stride(from: 4, to: bytes.count - 3, by: 4) {
            let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << ($1 * 8) }
            let isRefused = setup.rules.textIsFixed && Decoder.decode(word).operation == .illegal
            words.append(isRefused ? 0x0000_0013 : word)
        }
        // The registers come from the seed, near addresses that matter, as in wild programs.
        var shape = WildProgram.Shape(addresses: setup.borders)
        shape.instructionCount = UInt32(words.count)
        var program = WildProgram(seed: UInt64(bytes[3]), shape: shape).program()
        program.name = "fuzz case"
        program.text = words
        program.entry = program.start
        self.program = program
    }

    /// What two machines disagree about.
    func difference(_ first: MachineKind, _ second: MachineKind) -> String? {
        guard let loaded = try? LoadedProgram(program, setup),
            let one = try? first.machine(loaded), let other = try? second.machine(loaded)
        else { return nil }
        return Lockstep(loaded, one, other)
            .run(cycleCountMax: cycleCountMax, stride: stride, seed: 1).difference
    }
}
