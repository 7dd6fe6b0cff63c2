import Glibc

/// A program around a store, for tests that end a process in the middle of its work and for
/// measurements.
///
///     JobStoreProbe crash DIRECTORY LOG SEED     works until it is killed; logs what is acknowledged
///     JobStoreProbe bench DIRECTORY JOBS         prints submissions and lookups per second
@main
enum Probe {
    static func main() throws {
        let arguments = CommandLine.arguments
        switch arguments.dropFirst().first {
        case "crash" where arguments.count == 5:
            let seed = UInt64(arguments[4]) ?? 0
            try CrashWorkload(path: arguments[2], log: arguments[3], seed: seed).run()
        case "bench" where arguments.count == 4:
            try Benchmark(path: arguments[2], jobCount: Int(arguments[3]) ?? 0).run()
        default:
            print("usage: JobStoreProbe crash DIRECTORY LOG SEED | bench DIRECTORY JOBS")
            exit(2)
        }
    }
}
