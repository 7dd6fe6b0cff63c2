import CFuzzer

/// Damages kept translations, and their files, as libFuzzer says.
@main
struct CodeFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        let status = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
            if let found = CodeFuzzCase.difference(bytes) { fatalError(found) }
            return 0
        }
        precondition(status == 0, "libFuzzer ended with \(status)")
    }
}
