import Testing

@testable import ExecutionPool

@Suite struct RestartBackoffTests {
    @Test func pausesDoubleUpToTheLimit() {
        var backoff = RestartBackoff()
        #expect(
            (0..<4).map { _ in backoff.died() } == [
                .zero, .zero, .milliseconds(20), .milliseconds(40),
            ])
        for _ in 0..<100 { _ = backoff.died() }
        #expect(backoff.died() == .milliseconds(5000))
    }

    @Test func aFinishedRequestStartsTheCountAnew() {
        var backoff = RestartBackoff()
        for _ in 0..<10 { _ = backoff.died() }
        backoff.succeeded()
        #expect(backoff.died() == .zero)
    }
}
