import GuestRuntime

/// What a fuzzer does with bytes taken for an R0BF container: register them as a program, compute its
/// image id, and run it a little with each engine. Refusing them is fine, trapping never is.
enum ContainerFuzzCase {
    /// The longest input that is looked at: enough for two small ELF files.
    static let byteCountMax = 1 << 14

    /// Returns what two engines disagree about.
    static func difference(_ bytes: [UInt8]) -> String? {
        // What the rules refuse ends here.
        guard bytes.count <= byteCountMax,
            let program = try? GuestProgram(elf: bytes, vm: .risc0)
        else { return nil }
        _ = program.computedID
        var workspace = GuestWorkspace()
        let input = GuestInput(stdin: [3, 0, 0, 0, 7, 8, 9])
        for limit in [0, 60, 700] as [UInt64] {
            let outcomes = [Engine.interpreter, .translator].map { engine in
                program.run(
                    input: input, maxCycles: limit, engine: engine, workspace: &workspace)
            }
            let isWithin = outcomes[0].status != .succeeded || outcomes[0].cycles <= limit
            guard outcomes[0] == outcomes[1], isWithin else { return "limit \(limit): \(outcomes)" }
        }
        return nil
    }
}
