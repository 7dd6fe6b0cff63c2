/// What a linker's complaint about a missing symbol most likely means.
enum LinkerHint {
    private static let undefined = "undefined symbol: "

    /// A sentence for the first missing symbol that has one.
    static func hint(for messages: String) -> String? {
        for line in messages.split(separator: "\n") {
            guard let range = line.firstRange(of: undefined) else { continue }
            if let hint = hint(symbol: line[range.upperBound...]) { return hint }
        }
        return nil
    }

    private static func hint(symbol: Substring) -> String? {
        if symbol == "main" {
            return
                "the program has no main: in C define `int main(void)`; in Swift name the file "
                + "with the top-level code main.swift, or mark a type with @main"
        }
        if symbol.hasPrefix("_swift_stdlib_") {
            return "guests have no Unicode tables: work on `utf8` instead of characters"
        }
        if symbol.hasPrefix("swift_task_") || symbol.hasPrefix("swift_async") {
            return "guests have one thread and no Swift concurrency"
        }
        for (prefix, machine) in [("tandem_sp1_", "SP1"), ("tandem_risc0_", "RISC Zero")]
        where symbol.hasPrefix(prefix) {
            return
                "that is a call of \(machine) alone, with precompiles: the functions of "
                + "tandem_integers.h, tandem_fields.h, tandem_curves.h and tandem_signatures.h "
                + "run on both machines"
        }
        return nil
    }
}
