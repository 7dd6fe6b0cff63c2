import Bytes
import Dispatch
import Glibc
import JobEngine
import JobStore
import Synchronization
import TestSupport

/// Durable submissions per second with many submitters, and lookups per second of recent jobs.
struct Benchmark {
    let path: String
    let jobCount: Int

    func run() throws {
        let jobs = try ProbeJobs()
        let candidates = try (0..<jobCount).map { index in
            try Intake.examine(
                jobs.submission(
                    nonce: UInt64(index), consumer: Address(words: 0, 0, UInt32(index % 64)),
                    variant: 1, inputByteCount: 64), limits: JobEngineLimits())
        }
        let store = try JobStore(JobStoreConfiguration(path: path))
        let registered = Latch()
        store.register(ProbeJobs.program) { _ in registered.open() }
        registered.wait()
        print("resident before:", residentKilobytes(), "KB")
        for window in [1, 16, 256, 2_048] {
            measureSubmissions(store, candidates, window: window)
        }
        measureLookups(store, candidates)
        print("resident after:", residentKilobytes(), "KB")
        store.close()
    }

    /// A quarter of the jobs, `window` of them under way at any time.
    private func measureSubmissions(_ store: JobStore, _ all: [JobCandidate], window: Int) {
        let quarter = all.count / 4
        let index = [1: 0, 16: 1, 256: 2, 2_048: 3][window] ?? 0
        let limit = window == 1 ? min(quarter, 2_000) : quarter
        let candidates = all[(index * quarter)..<(index * quarter + limit)]
        let room = DispatchSemaphore(value: window)
        let failures = Atomic<Int>(0)
        let (start, processor) = (monotonic(), processorSeconds())
        for candidate in candidates {
            room.wait()
            store.submit(candidate) { result in
                if case .failure = result { failures.add(1, ordering: .relaxed) }
                room.signal()
            }
        }
        for _ in 0..<window { room.wait() }
        for _ in 0..<window { room.signal() }
        let seconds = monotonic() - start
        let processorPerJob = (processorSeconds() - processor) / Double(limit) * 1e6
        print(
            "submit, \(window) at once:", Int(Double(limit) / seconds), "per second,",
            Int(processorPerJob), "us of processor each,",
            failures.load(ordering: .relaxed), "failures")
    }

    private func measureLookups(_ store: JobStore, _ all: [JobCandidate]) {
        let recent = all.suffix(2_000).map(\.identity.id)
        var found = 0
        let start = monotonic()
        for round in 0..<200 {
            for id in recent where store.cachedJob(id) != nil { found += round & 1 | 1 }
        }
        let seconds = monotonic() - start
        let count = 200 * recent.count
        print(
            "cached lookup:", Int(Double(count) / seconds), "per second,",
            Int(seconds / Double(count) * 1e9), "ns each,", found, "of", count, "found")
        let old = all.prefix(2_000).map(\.identity.id)
        let reading = monotonic()
        var bytes = 0
        for id in old { bytes += (try? store.job(id)?.request.encoded.count) ?? 0 }
        print(
            "lookup from RocksDB:",
            Int((monotonic() - reading) / Double(old.count) * 1e9), "ns each,", bytes, "bytes")
    }

    private func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }
    private func processorSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func residentKilobytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 128)
        guard fgets(&text, 127, file) != nil else { return 0 }
        let fields = String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
        ).split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4 : 0
    }
}
