import Bytes
import ExecutionPool
import Glibc
import GuestRuntime
import Logging
import Synchronization

/// How long a tiny request takes from `submit` to its completion, one at a time, and how many a
/// second go through when many wait. The ELF comes over standard input; prints one line of JSON.
func runBenchmark() throws {
    let image = ProgramImage(elf: readStandardInput(), vm: .sp1)
    var configuration = ExecutionPoolConfiguration(executorCount: 2)
    configuration.executors = .processes(
        executable: "/proc/self/exe", arguments: ["ExecutorProbe", "executor", "--fd", "3"])
    let pool = try ExecutionPool(
        configuration: configuration, logger: Logger(label: "bench")
    ) { _ in image }
    try pool.start()
    defer { pool.shutdown() }
    _ = try latencies(pool, count: 2000)  // The programs are loaded and the caches warm.
    let sorted = try latencies(pool, count: 20_000).sorted()
    let perSecond = try throughput(pool, count: 100_000)
    let micros = { (share: Double) in Double(sorted[Int(Double(sorted.count - 1) * share)]) / 1000 }
    let guest = Double(try guestAlone(image)) / 1000
    print(
        "{\"latency_us\": {\"p50\": \(micros(0.5)), \"p90\": \(micros(0.9)), \"p99\": \(micros(0.99))},",
        "\"guest_alone_us\": \(guest), \"requests_per_second\": \(Int(perSecond))}")
}

/// From the call of `submit` to the call of the completion, in nanoseconds, one request at a time.
private func latencies(_ pool: ExecutionPool, count: Int) throws -> [Int64] {
    let done = Signal()
    let end = Mutex(ContinuousClock.now)
    return try (0..<count).map { _ in
        let start = ContinuousClock.now
        try pool.submit(request(0)) { _ in
            end.withLock { $0 = .now }
            done.signal()
        }
        done.wait()
        let components = (end.withLock { $0 } - start).components
        return components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}

/// What the guest alone takes in this process, in nanoseconds: no pool can be faster.
private func guestAlone(_ image: ProgramImage) throws -> Int64 {
    let program = try GuestProgram(elf: image.elf, vm: image.vm)
    let input = GuestInput(buffers: [[1, 2, 3, 4]])
    let count: Int64 = 5000
    let start = ContinuousClock.now
    for _ in 0..<count { _ = program.run(input: input, maxCycles: 1_000_000) }
    let components = (ContinuousClock.now - start).components
    return (components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000) / count
}

/// With at most 512 requests on their way.
private func throughput(_ pool: ExecutionPool, count: Int) throws -> Double {
    let done = Signal()
    let start = ContinuousClock.now
    for number in 0..<count {
        if number >= 512 { done.wait() }
        try pool.submit(request(UInt8(number % 16))) { _ in done.signal() }
    }
    for _ in 0..<min(count, 512) { done.wait() }
    let components = (ContinuousClock.now - start).components
    return Double(count) / (Double(components.seconds) + Double(components.attoseconds) * 1e-18)
}

private func request(_ consumer: UInt8) -> ExecutionRequest {
    .dryRun(
        of: Address([UInt8](repeating: consumer, count: 20)) ?? .zero, program: ProgramID(.zero),
        input: GuestInput(buffers: [[1, 2, 3, 4]]), maxCycles: 1_000_000)
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
