import Testing

@testable import ExecutionPool

@Suite struct BriefWatchTests {
    @Test func looksUntilSomethingIsThere() {
        var watch = BriefWatch(duration: .seconds(60))
        var lookCount = 0
        #expect(
            watch.finds {
                lookCount += 1
                return lookCount == 3
            })
        #expect(lookCount == 3)
    }

    @Test func looksEverLessOftenInVain() {
        var watch = BriefWatch(duration: .zero)
        var watchCount = 0
        for _ in 0..<1000 {
            var isFirstLook = true
            _ = watch.finds {
                if isFirstLook { watchCount += 1 }
                isFirstLook = false
                return false
            }
        }
        // After 1, 2, 4 … 64 waits, and then after every 64: 7 in the first 134, 13 in the others.
        #expect((18...22).contains(watchCount))
    }

    @Test func oneFindMakesUpForAllMisses() {
        var watch = BriefWatch(duration: .zero)
        for _ in 0..<300 { _ = watch.finds { false } }
        var waits = 0
        while !watch.finds({ true }) { waits += 1 }
        #expect(waits <= ExecutionPoolLimits.watchSkipCountMax)
        #expect(watch.finds { true })
        _ = watch.finds { false }
        #expect(!watch.finds { true })
        #expect(watch.finds { true })
    }
}
