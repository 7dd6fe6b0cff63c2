import Bytes
import ExecutionPool
import Glibc
import GuestRuntime
import Logging

/// A pool whose executors are this program, each with a guest that never ends. Prints a line when
/// the guests run, and waits to be killed. The ELF comes over standard input.
func runNodeUntilKilled() -> Never {
    let image = ProgramImage(elf: readStandardInput(), vm: .sp1)
    var configuration = ExecutionPoolConfiguration(executorCount: 2)
    configuration.executors = .processes(
        executable: "/proc/self/exe", arguments: ["ExecutorProbe", "executor", "--fd", "3"])
    do {
        let pool = try ExecutionPool(
            configuration: configuration, logger: Logger(label: "probe")
        ) { _ in image }
        try pool.start()
        for _ in 0..<2 {
            let input = GuestInput(buffers: [], stdin: [], randomSeed: .zero)
            let request = ExecutionRequest.dryRun(
                of: Address.zero, program: ProgramID(.zero), input: input, maxCycles: .max)
            try pool.submit(
                request, started: { _ = write(1, "started\n", 8) }, completion: { _ in })
        }
        while true { sleep(60) }
    } catch {
        exit(65)
    }
}

/// Everything up to its end.
func readStandardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(0, &byte, 1) == 1 { bytes.append(byte) }
    return bytes
}
