import CFuzzer

/// Gives libFuzzer's inputs to the loader, as ELF files.
@main
struct ELFFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        let status = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
            if let difference = ELFFuzzCase.difference(bytes) { fatalError(difference) }
            return 0
        }
        precondition(status == 0, "libFuzzer ended with \(status)")
    }
}
