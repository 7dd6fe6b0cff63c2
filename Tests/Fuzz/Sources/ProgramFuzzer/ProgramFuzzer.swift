import CFuzzer

/// Gives libFuzzer's inputs to two machines, as instructions.
@main
struct ProgramFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        let status = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
            guard let drawn = ProgramFuzzCase(bytes) else { return 0 }
            for kind in [MachineKind.translator, .paths] {
                if let found = drawn.difference(.specification, kind) { fatalError(found) }
            }
            return 0
        }
        precondition(status == 0, "libFuzzer ended with \(status)")
    }
}
