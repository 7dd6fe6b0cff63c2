/// Writes metrics in Prometheus' text exposition format, version 0.0.4.
struct PrometheusText {
    private(set) var bytes: [UInt8] = []

    mutating func counter(_ name: StaticString, help: StaticString, _ counter: Counter) {
        header(name, help: help, type: "counter")
        line("\(name) \(counter.value)")
    }

    mutating func gauge(_ name: StaticString, help: StaticString, _ value: UInt64) {
        header(name, help: help, type: "gauge")
        line("\(name) \(value)")
    }

    /// One histogram of several series, each with its labels (`step="intake"`) or none.
    mutating func histogram(
        _ name: StaticString, help: StaticString, series: [(labels: String, LatencyHistogram)]
    ) {
        header(name, help: help, type: "histogram")
        for (labels, histogram) in series {
            let prefix = labels.isEmpty ? "" : labels + ","
            let suffix = labels.isEmpty ? "" : "{\(labels)}"
            let counts = histogram.cumulativeCounts
            for (bound, count) in zip(LatencyHistogram.bounds, counts) {
                line("\(name)_bucket{\(prefix)le=\"\(bound)\"} \(count)")
            }
            let total = counts.last ?? 0
            line("\(name)_bucket{\(prefix)le=\"+Inf\"} \(total)")
            line("\(name)_sum\(suffix) \(histogram.sumSeconds)")
            line("\(name)_count\(suffix) \(total)")
        }
    }

    private mutating func header(_ name: StaticString, help: StaticString, type: StaticString) {
        line("# HELP \(name) \(help)")
        line("# TYPE \(name) \(type)")
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }
}
