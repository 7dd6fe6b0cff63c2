import Bytes
import ExecutionPool
import Glibc
import GuestRuntime
import Logging
import Synchronization
import TestSupport

/// How long a job of 1,000 cycles takes from `submit` to its completion, one at a time, and how many a
/// second go through when many wait; with two executors, whose program is loaded. Prints one line of
/// JSON.
func runBenchmark() throws {
    let image = ProgramImage(elf: thousandCycles(), vm: .sp1)
    var configuration = ExecutionPoolConfiguration(executorCount: 2)
    configuration.executors = .processes(
        executable: "/proc/self/exe", arguments: ["ExecutorProbe", "executor", "--fd", "3"])
    let pool = try ExecutionPool(
        configuration: configuration, logger: Logger(label: "bench")
    ) { _ in image }
    try pool.start()
    defer { pool.shutdown() }
    let (alone, cycles) = try guestAlone(image)
    _ = try latencies(pool, count: 2000)  // The programs are loaded and the caches warm.
    let sorted = try latencies(pool, count: 20_000).sorted()
    // Behind a pause everybody concerned sleeps.
    let rested = try latencies(pool, count: 1000, pauseMicroseconds: 1000).sorted()
    let perSecond = try throughput(pool, count: 100_000)
    print(
        "{\"cycles\": \(cycles), \"latency_us\": \(percentiles(sorted)),",
        "\"latency_after_pause_us\": \(percentiles(rested)), \"guest_alone_us\": \(alone),",
        "\"requests_per_second\": \(Int(perSecond))}")
}

private func percentiles(_ sorted: [Int64]) -> String {
    let micros = { (share: Double) in Double(sorted[Int(Double(sorted.count - 1) * share)]) / 1000 }
    return "{\"p50\": \(micros(0.5)), \"p90\": \(micros(0.9)), \"p99\": \(micros(0.99))}"
}

/// An SP1 program that counts down, commits four bytes and halts: 1,000 cycles.
private func thousandCycles() -> [UInt8] {
    typealias Asm = Assembler
    let count = Asm.li(8, 494) + [Asm.addi(8, 8, -1), Asm.branch(1, 8, 0, -4)]
    let commit =
        [Asm.lui(11, 0x300), Asm.addi(12, 0, 4), Asm.addi(10, 0, 13), Asm.addi(5, 0, 2)]
        + [Asm.store(2, 11, 0, 11), Asm.ecall]
    let halt = [Asm.addi(10, 0, 0), Asm.addi(5, 0, 0), Asm.ecall]
    return ELFBuilder(text: count + commit + halt).file()
}

/// From the call of `submit` to the call of the completion, in nanoseconds, one request at a time.
private func latencies(
    _ pool: ExecutionPool, count: Int, pauseMicroseconds: UInt32 = 0
) throws -> [Int64] {
    let done = Signal()
    let end = Mutex(ContinuousClock.now)
    return try (0..<count).map { _ in
        if pauseMicroseconds > 0 { usleep(pauseMicroseconds) }
        let start = ContinuousClock.now
        try pool.submit(request(0)) { outcome in
            end.withLock { $0 = .now }
            checkSuccess(outcome)
            done.signal()
        }
        done.wait()
        return nanoseconds(end.withLock { $0 } - start)
    }
}

/// What the guest alone takes in this process, in microseconds, in a workspace that is kept: no pool
/// can be faster. Its cycles, too.
private func guestAlone(_ image: ProgramImage) throws -> (Double, UInt64) {
    let program = try GuestProgram(elf: image.elf, vm: image.vm)
    var workspace = GuestWorkspace()
    var cycles: UInt64 = 0
    let count = 5000
    let start = ContinuousClock.now
    for _ in 0..<count {
        cycles = program.run(input: input, maxCycles: 1_000_000, workspace: &workspace).cycles
    }
    return (Double(nanoseconds(ContinuousClock.now - start)) / Double(count) / 1000, cycles)
}

/// With at most 512 requests on their way.
private func throughput(_ pool: ExecutionPool, count: Int) throws -> Double {
    let done = Signal()
    let start = ContinuousClock.now
    for number in 0..<count {
        if number >= 512 { done.wait() }
        try pool.submit(request(UInt8(number % 16))) { outcome in
            checkSuccess(outcome)
            done.signal()
        }
    }
    for _ in 0..<min(count, 512) { done.wait() }
    return Double(count) / (Double(nanoseconds(ContinuousClock.now - start)) * 1e-9)
}

private let input = GuestInput(buffers: [[1, 2, 3, 4]], stdin: [], randomSeed: .zero)

private func request(_ consumer: UInt8) -> ExecutionRequest {
    .dryRun(
        of: Address([UInt8](repeating: consumer, count: 20)) ?? .zero, program: ProgramID(.zero),
        input: input, maxCycles: 1_000_000)
}

/// Figures of failures are worth nothing.
private func checkSuccess(_ outcome: ExecutionOutcome) {
    guard case .finished(let guest) = outcome, case .succeeded = guest.status else {
        print("a request failed: \(outcome)")
        exit(67)
    }
}

private func nanoseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
}

/// A semaphore of the C library.
private final class Signal: @unchecked Sendable {
    // The semaphore is made for use from many threads, and is never moved.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0 {}
    }
}
