internal import ExecutionPool
internal import JobStore
internal import NetworkIO

extension NodeMetrics {
    /// Adds the numbers that other parts of the node keep themselves.
    func addGauges(store: JobStore, pool: ExecutionPool, network: NetworkMetrics) {
        addGauge("tandem_store_waiting_commands", help: "Commands that wait for the disk.") {
            UInt64(clamping: store.waitingCommandCount)
        }
        addGauge("tandem_executor_queue", help: "Runs that wait for an executor.") {
            UInt64(clamping: pool.statistics.queuedCount)
        }
        addGauge("tandem_executor_running", help: "Runs in an executor.") {
            UInt64(clamping: pool.statistics.runningCount)
        }
        addGauge("tandem_executor_crashes_total", help: "Executors that died by themselves.") {
            UInt64(clamping: pool.statistics.crashCount)
        }
        addGauge(
            "tandem_executor_spare_runs_total",
            help: "Runs in a spare executor, because long ones held all others."
        ) {
            UInt64(clamping: pool.statistics.spareRunCount)
        }
        addGauge(
            "tandem_executor_translates",
            help: "1 when programs run as translated code, 0 when they are interpreted."
        ) {
            pool.statistics.isTranslating == true ? 1 : 0
        }
        addGauge("tandem_connections_open", help: "Connections of clients.") {
            UInt64(clamping: network.reading.connectionsOpen)
        }
        addGauge("tandem_http1_requests_total", help: "Requests over HTTP/1.1.") {
            UInt64(clamping: network.reading.http1Requests)
        }
        addGauge("tandem_http2_requests_total", help: "Requests over HTTP/2 other than gRPC.") {
            UInt64(clamping: network.reading.http2Requests)
        }
        addGauge("tandem_grpc_calls_total", help: "gRPC calls.") {
            UInt64(clamping: network.reading.grpcCalls)
        }
        addGauge("tandem_requests_refused_total", help: "Requests refused before any operation.") {
            UInt64(clamping: network.reading.requestsRefused)
        }
        addGauge("tandem_received_bytes_total", help: "Bytes from clients.") {
            UInt64(clamping: network.reading.bytesIn)
        }
        addGauge("tandem_sent_bytes_total", help: "Bytes to clients.") {
            UInt64(clamping: network.reading.bytesOut)
        }
    }
}
