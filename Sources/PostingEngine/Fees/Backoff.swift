/// How long to wait after failures: doubling from a first wait to a longest one, with the upper half of
/// each wait random, so that many waiters don't come back together.
struct Backoff {
    let delayMin: UInt64
    let delayMax: UInt64

    /// The wait after the `failureCount`-th failure in a row (counted from 1), in milliseconds.
    func delay(failureCount: UInt32, random: UInt64) -> UInt64 {
        let doublings = UInt64(min(failureCount.subtractingClamped(1), 32))
        let full = min(delayMin.multipliedClamped(by: 1 << doublings), delayMax)
        let half = full / 2
        return half + random % (full - half + 1)
    }
}

extension UInt32 {
    fileprivate func subtractingClamped(_ other: UInt32) -> UInt32 {
        self > other ? self - other : 0
    }
}
