internal import Glibc
package import Logging
internal import NodeAPI

/// Writes each log message as one line to standard error, as text or as a JSON object.
package struct StandardErrorLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    private let label: String
    private let isJSON: Bool

    /// A handler for the logger called `label`.
    package init(label: String, settings: LogSettings) {
        self.label = label
        isJSON = settings.format == .json
        logLevel = Logger.Level(rawValue: settings.level.rawValue) ?? .info
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            .map { (key: $0.key, value: $0.value.description) }
            .sorted { $0.key < $1.key }
        let message = event.message.description
        let line = isJSON ? json(event.level, message, fields) : text(event.level, message, fields)
        write(line)
    }

    private func text(
        _ level: Logger.Level, _ message: String, _ fields: [(key: String, value: String)]
    ) -> [UInt8] {
        var line = "\(Timestamp.now()) \(level.rawValue) \(label): \(message)"
        for field in fields {
            line += " \(field.key)=\(field.value)"
        }
        // A message may hold what a stranger sent: it must not be able to begin a line of its own.
        return line.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 } + [UInt8(ascii: "\n")]
    }

    private func json(
        _ level: Logger.Level, _ message: String, _ fields: [(key: String, value: String)]
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("time", Timestamp.now())
        writer.field("level", level.rawValue)
        writer.field("logger", label)
        writer.field("message", message)
        for field in fields {
            writer.field(named: field.key, field.value)
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// One call to write(2), so that lines of different threads do not mix. What standard error does not
    /// take is lost: there is nobody left to tell.
    private func write(_ line: [UInt8]) {
        unsafe line.withUnsafeBytes { bytes in
            // The buffer outlives the call, which reads `count` bytes of it.
            _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
