import RISCV

/// What a fuzzer does with bytes taken for an ELF file: parse, decode, run a little. Refusing them is fine,
/// trapping never is.
enum ELFFuzzCase {
    /// The longest input that is looked at: enough for a few segments of code.
    static let byteCountMax = 1 << 16

    /// Returns what two engines disagree about.
    static func difference(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= byteCountMax else { return nil }
        for setup in [MachineSetup.sp1, .riscZero] {
            // What the rules refuse ends here.
            guard let loaded = try? LoadedProgram(elf: bytes, setup) else { continue }
            if let found = difference(loaded) { return found }
        }
        return nil
    }

    private static func difference(_ loaded: LoadedProgram) -> String? {
        for engine in [MachineKind.interpreter, .translator, .paths] {
            // An image over the cap is refused, by every engine.
            guard let first = try? MachineKind.stepwise.machine(loaded),
                let second = try? engine.machine(loaded)
            else { return nil }
            let outcome = Lockstep(loaded, first, second)
                .run(cycleCountMax: 500, stride: .mixed, seed: 1)
            if let found = outcome.difference { return found }
        }
        return nil
    }
}
