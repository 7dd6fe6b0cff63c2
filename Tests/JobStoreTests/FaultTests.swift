import Bytes
import Foundation
import JobEngine
import TestSupport
import Testing

@testable import JobStore

/// What the disk does to the store comes out as typed errors.
struct FaultTests {
    @Test func placesWhereNoStoreCanBe() throws {
        let fixture = try StoreFixture()
        #expect(throws: JobStoreError.self) {
            try JobStore(JobStoreConfiguration(path: fixture.path + "/missing/deep"))
        }
        try Data([1]).write(to: URL(fileURLWithPath: fixture.path))
        do throws(JobStoreError) {
            _ = try JobStore(JobStoreConfiguration(path: fixture.path))
            Issue.record("a file was opened as a store")
        } catch {
            guard case .cannotOpen = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.description.contains(fixture.path))
            #expect(!error.isRetryable)
        }
        #expect(throws: JobStoreError.self) {
            try StoreCheck.run(path: fixture.path + "-nothing", expectedOperator: nil)
        }
    }

    /// The log of writes is on a device that is full: the write fails, it is said, and from then on
    /// everything is refused, because nobody knows what is on disk.
    @Test func afterAFailedWriteTheStoreStops() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let first = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        store.parts.database.close()
        await #expect(throws: SubmitError.self) {
            try await store.submit(try StoreFixture.candidate(nonce: 2))
        }
        store.close()
        let reopened = try fixture.open()
        #expect(reopened.recovery.jobCount == 1)
        #expect(try reopened.job(first) != nil)
        reopened.close()
    }

    /// A file system of 24 MB fills up under the store. Needs the right to mount.
    @Test(.enabled(if: FullDisk.isAvailable))
    func aFullDiskIsATypedErrorAndLosesNothing() async throws {
        let disk = try FullDisk(byteCount: 24 << 20)
        defer { disk.remove() }
        var configuration = JobStoreConfiguration(path: disk.path + "/store")
        let fixture = try StoreFixture()
        configuration.expectedOperator = fixture.operatorKey.address
        var store = try JobStore(configuration)
        _ = try await store.register(
            ProgramSubmission(
                id: StoreFixture.programID, vm: 1, computedID: StoreFixture.programID, elf: [1]))
        var accepted: [JobID] = []
        var failure: SubmitError?
        for nonce in 0..<400 as Range<UInt64> where failure == nil {
            let candidate = try StoreFixture.candidate(
                nonce: nonce, offchainInput: SeededRandom.noise(200_000, seed: nonce))
            do throws(SubmitError) {
                accepted.append(try await store.submit(candidate).jobID)
            } catch {
                failure = error
            }
        }
        guard case .store(let error) = failure else {
            Issue.record("the disk never filled up: \(String(describing: failure))")
            return
        }
        #expect(!error.isRetryable, "\(error)")
        #expect(accepted.count > 10)
        await #expect(throws: SubmitError.self) {
            try await store.submit(try StoreFixture.candidate(nonce: 1_000))
        }
        store.close()
        disk.grow(to: 200 << 20)
        store = try JobStore(configuration)
        for id in accepted { #expect(try store.job(id) != nil) }
        _ = try await store.submit(try StoreFixture.candidate(nonce: 2_000))
        store.close()
        let report = try StoreCheck.run(
            path: configuration.path, expectedOperator: fixture.operatorKey.address)
        #expect(report.violations == [])
    }
}

extension SeededRandom {
    static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { bytes.append(bigEndian: random.next()) }
        return bytes
    }
}

/// A small file system in memory, for filling it up.
struct FullDisk {
    let path: String

    /// Whether this process may mount.
    static let isAvailable: Bool = {
        guard let disk = try? FullDisk(byteCount: 1 << 20) else { return false }
        disk.remove()
        return true
    }()

    struct Failure: Error {}

    init(byteCount: Int) throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("tandem-disk-" + UUID().uuidString).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(byteCount)") == 0 else {
            try FileManager.default.removeItem(atPath: path)
            throw Failure()
        }
    }

    func grow(to byteCount: Int) {
        _ = mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=\(byteCount)")
    }

    func remove() {
        umount2(path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: path)
    }
}
