import Testing

@testable import Node

@Suite struct PrometheusTextTests {
    @Test func histogramsAreCumulative() {
        let histogram = LatencyHistogram()
        histogram.record(nanoseconds: 1_000)
        histogram.record(nanoseconds: 16_000)
        histogram.record(nanoseconds: 1_000_000)
        histogram.record(nanoseconds: .max / 4)
        var text = PrometheusText()
        text.histogram("h", help: "Help.", series: [("step=\"a\"", histogram)])
        let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines[0] == "# HELP h Help.")
        #expect(lines[1] == "# TYPE h histogram")
        #expect(lines[2] == "h_bucket{step=\"a\",le=\"1.6e-05\"} 2")
        #expect(lines.contains("h_bucket{step=\"a\",le=\"0.001024\"} 3"))
        #expect(lines.contains("h_bucket{step=\"a\",le=\"+Inf\"} 4"))
        #expect(lines.contains("h_count{step=\"a\"} 4"))
    }

    @Test func everyMetricHasHelpAndType() {
        let metrics = NodeMetrics()
        metrics.addGauge("g", help: "A gauge.") { 7 }
        metrics.record(.ledger, nanoseconds: 5)
        let text = String(decoding: metrics.prometheusText(), as: UTF8.self)
        let names = Set(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                line.prefix { $0 != " " && $0 != "{" }
            })
        for name in names {
            let family = ["_bucket", "_sum", "_count"].reduce(String(name)) { stem, suffix in
                stem.hasSuffix(suffix) ? String(stem.dropLast(suffix.count)) : stem
            }
            #expect(text.contains("# TYPE \(family) "), "\(name)")
            #expect(text.contains("# HELP \(family) "), "\(name)")
        }
        #expect(text.contains("\ng 7\n"))
    }
}
