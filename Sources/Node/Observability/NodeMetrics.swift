internal import Synchronization

/// What the node counts. The names without `tandem_` are those of the reference, which its dashboards
/// expect (reference/infinityvm.md).
///
/// Written by hand: swift-metrics is an interface only, and no exporter for it can be had here.
package final class NodeMetrics: Sendable {
    /// The steps of a job's way through the house (DESIGN section 1).
    package enum Step: String, CaseIterable, Sendable {
        case intake, policy, ledger, queue, execute, sign, result, post
    }

    package let jobsAccepted = Counter()
    package let jobsRepeated = Counter()
    package let jobsRefused = Counter()
    package let jobsDone = Counter()
    package let jobsFailed = Counter()
    package let jobsCancelled = Counter()
    package let programsAccepted = Counter()
    package let programsRefused = Counter()
    package let relayed = Counter()
    package let relayErrors = Counter()
    package let cyclesExecuted = Counter()
    /// From RUNNING to the end of the program.
    package let executionTime = LatencyHistogram()

    private let steps: [LatencyHistogram] = Step.allCases.map { _ in LatencyHistogram() }
    private let gauges = Mutex<
        [(name: StaticString, help: StaticString, read: @Sendable () -> UInt64)]
    >(
        [])

    package init() {}

    /// Counts one passage of a step.
    package func record(_ step: Step, nanoseconds: UInt64) {
        guard let index = Step.allCases.firstIndex(of: step) else { return }
        steps[index].record(nanoseconds: nanoseconds)
    }

    /// Adds a value that is read when somebody asks for the metrics.
    package func addGauge(
        _ name: StaticString, help: StaticString, read: @escaping @Sendable () -> UInt64
    ) {
        gauges.withLock { $0.append((name, help, read)) }
    }

    /// All of it, in Prometheus' text format.
    package func prometheusText() -> [UInt8] {
        var text = PrometheusText()
        writeCounters(to: &text)
        text.histogram(
            "job_exec_time", help: "Seconds a program ran.", series: [("", executionTime)])
        text.histogram(
            "tandem_step_seconds", help: "Seconds a job spent in each step.",
            series: zip(Step.allCases, steps).map { ("step=\"\($0.rawValue)\"", $1) })
        for gauge in gauges.withLock({ $0 }) {
            text.gauge(gauge.name, help: gauge.help, gauge.read())
        }
        return text.bytes
    }

    private func writeCounters(to text: inout PrometheusText) {
        text.counter("tandem_jobs_accepted_total", help: "Jobs made durable.", jobsAccepted)
        text.counter(
            "tandem_jobs_repeated_total", help: "Submissions of a job already known.", jobsRepeated)
        text.counter("tandem_jobs_refused_total", help: "Submissions refused.", jobsRefused)
        text.counter("tandem_jobs_done_total", help: "Jobs with a signed result.", jobsDone)
        text.counter("job_errors_total", help: "Jobs that failed.", jobsFailed)
        text.counter("tandem_jobs_cancelled_total", help: "Jobs cancelled.", jobsCancelled)
        text.counter(
            "tandem_programs_accepted_total", help: "Programs registered.", programsAccepted)
        text.counter("tandem_programs_refused_total", help: "Programs refused.", programsRefused)
        text.counter("relayed_total", help: "Results confirmed on chain.", relayed)
        text.counter("relay_errors_total", help: "Postings that failed for good.", relayErrors)
        text.counter(
            "tandem_cycles_executed_total", help: "Cycles that programs used.", cyclesExecuted)
    }
}
