import TestSupport
import Testing

@testable import Node

@Suite struct ClaimWindowTests {
    /// Random arrivals, claims and ends against a counted queue: never more held than allowed, one claim at
    /// a time, and no job left in line when everything has come to rest.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func neverTooManyAndNoneForgotten(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let countMax = Int.random(in: 1...5, using: &random)
        var window = ClaimWindow(countMax: countMax)
        var line = 0
        var held = 0
        var open: Int?

        func note(_ asked: Int?) {
            guard let asked else { return }
            #expect(open == nil, "two claims at once, seed \(seed)")
            #expect(asked > 0 && held + asked <= countMax, "too many, seed \(seed)")
            open = asked
        }
        func answer() {
            guard let asked = open else { return }
            open = nil
            let count = min(asked, line)
            line -= count
            held += count
            note(window.claimed(count, of: asked))
        }
        for _ in 0..<2000 {
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                line += Int.random(in: 1...3, using: &random)
                note(window.jobsMayWait())
            case 1: answer()
            default:
                guard held > 0 else { continue }
                held -= 1
                note(window.finished())
            }
        }
        while open != nil || held > 0 {
            answer()
            if held > 0 {
                held -= 1
                note(window.finished())
            }
        }
        #expect(line == 0, "\(line) jobs are forgotten, seed \(seed)")
    }
}
