internal import Glibc

/// Times of day.
enum Timestamp {
    /// Milliseconds since 1970.
    static func milliseconds() -> UInt64 {
        var time = timespec()
        // The call writes the structure that it is given, and this clock always exists.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }

    /// Nanoseconds of a clock that never goes back; its zero means nothing.
    static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        // As above.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The time now, UTC, RFC 3339 with milliseconds.
    static func now() -> String {
        let milliseconds = milliseconds()
        var seconds = time_t(milliseconds / 1000)
        var parts = unsafe tm()
        // Both structures live through the call; the zone's name, a pointer, is not read.
        unsafe gmtime_r(&seconds, &parts)
        let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
        let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
        return date.map { padded($0, 2) }.joined(separator: "-") + "T"
            + time.map { padded($0, 2) }.joined(separator: ":")
            + ".\(padded(Int32(milliseconds % 1000), 3))Z"
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
