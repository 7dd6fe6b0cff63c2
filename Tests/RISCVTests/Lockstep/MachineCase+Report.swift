extension MachineCase {
    /// Compares the machine with the specification; the report says everything about a difference.
    func judged() throws -> (instructions: UInt64, report: String?) {
        let pair: (MachineKind, MachineKind) =
            (.specification, seed % 2 == 0 ? .translator : .paths)
        let outcome = try compare(pair.0, pair.1)
        guard let difference = outcome.difference else { return (outcome.instructions, nil) }
        let report = """
            case \(seed), \(stride), at most \(cycleCountMax) cycles: \(difference)
            \(Minimiser.listing(minimised(pair.0, pair.1)))
            """
        return (outcome.instructions, report)
    }
}
