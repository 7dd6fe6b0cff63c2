import Bytes
import JobEngine
import Testing

@testable import JobStore

/// The cache by itself: the interleavings that a race hits once in a million, one by one.
struct ViewCacheTests {
    private func view(_ nonce: UInt64, onchainByteCount: Int = 10) throws -> JobView {
        let candidate = try StoreFixture.candidate(
            nonce: nonce, onchainInput: [UInt8](repeating: 1, count: onchainByteCount))
        return JobView(
            record: JobRecord(candidate.identity, sequence: nonce, at: 0, expiresAt: nil),
            request: candidate.request, onchainInput: candidate.onchainInput, output: nil)
    }

    private func started(_ view: JobView) throws -> JobView {
        var record = view.record
        try record.apply(.started, at: 1, interruptionCountMax: 1)
        return view.updated(record)
    }

    @Test func aLoadThatACommitOvertookIsNotKept() throws {
        let cache = ViewCache(byteCountMax: 1 << 20)
        let stale = try view(1)
        let (cached, load) = cache.viewOrBeginLoad(stale.id)
        #expect(cached == nil)
        cache.update(try started(stale).record, output: nil)
        cache.endLoad(load, of: stale.id, stale)
        #expect(cache.view(stale.id) == nil)
    }

    @Test func aLoadThatFoundNothingBeforeTheJobCameIsNotKept() throws {
        let cache = ViewCache(byteCountMax: 1 << 20)
        let new = try view(1)
        let (_, load) = cache.viewOrBeginLoad(new.id)
        cache.insert(new)
        cache.endLoad(load, of: new.id, nil)
        #expect(cache.view(new.id) == new)
        cache.update(try started(new).record, output: nil)
        cache.endLoad(load, of: new.id, new)
        #expect(cache.view(new.id)?.status == .running)
    }

    @Test func ofTwoLoadsNoneBringsBackTheOldState() throws {
        let cache = ViewCache(byteCountMax: 1 << 20)
        let stale = try view(1)
        let fresh = try started(stale)
        let (_, first) = cache.viewOrBeginLoad(stale.id)
        cache.update(fresh.record, output: nil)
        let (_, second) = cache.viewOrBeginLoad(stale.id)
        cache.endLoad(first, of: stale.id, stale)
        #expect(cache.view(stale.id) == nil)
        cache.endLoad(second, of: stale.id, fresh)
        #expect(cache.view(stale.id)?.status == .running)
    }

    @Test func anUndisturbedLoadIsKept() throws {
        let cache = ViewCache(byteCountMax: 1 << 20)
        let found = try view(1)
        let (_, load) = cache.viewOrBeginLoad(found.id)
        cache.endLoad(load, of: found.id, found)
        #expect(cache.view(found.id) == found)
        #expect(cache.viewOrBeginLoad(found.id).view == found)
    }

    @Test func memoryIsBoundedAndWhatIsAskedForStays() throws {
        let byteCountMax = 400_000
        let cache = ViewCache(byteCountMax: byteCountMax)
        let asked = try view(0)
        cache.insert(asked)
        var views: [JobView] = []
        for nonce in 1...2_000 as ClosedRange<UInt64> {
            let view = try view(nonce, onchainByteCount: 100)
            views.append(view)
            cache.insert(view)
            #expect(cache.view(asked.id) == asked, "after \(nonce)")
        }
        let kept = views.filter { cache.view($0.id) != nil }
        #expect(kept.reduce(0) { $0 + $1.byteCount } <= byteCountMax)
        #expect(kept.count > 50)
        #expect(cache.view(try #require(views.last).id) != nil)
    }

    @Test func aViewThatIsTooLargeReplacesItsSmallerSelfByNothing() throws {
        let cache = ViewCache(byteCountMax: 64_000)
        let small = try view(1)
        cache.insert(small)
        let output = JobOutput(
            resultWithMetadata: [UInt8](repeating: 0, count: 10_000), operatorSignature: [],
            operatorAddress: .zero)
        cache.update(try started(small).record, output: output)
        #expect(cache.view(small.id) == nil)
    }
}
