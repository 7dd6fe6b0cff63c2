import CFuzzer

/// Gives libFuzzer's inputs to the reader of R0BF files, and to both engines.
@main
struct ContainerFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        let status = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
            if let found = ContainerFuzzCase.difference(bytes) { fatalError(found) }
            return 0
        }
        precondition(status == 0, "libFuzzer ended with \(status)")
    }
}
