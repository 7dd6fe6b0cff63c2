import Glibc
import NIOCore

/// The `date` field (RFC 9110 section 6.6.1): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    /// Writes the date once a second and hands out the same text until then.
    struct Clock {
        private var current: String = ""
        private var validUntil = NIODeadline.uptimeNanoseconds(0)

        /// The present date; may lag by a second.
        mutating func text(at now: NIODeadline) -> String {
            if now >= validUntil {
                // The argument is where else to put the result.
                current = HTTPDate.text(secondsSince1970: Int(time(nil)))
                validUntil = now + .seconds(1)
            }
            return current
        }
    }

    /// The date of an instant of the years 1970 to 9999.
    static func text(secondsSince1970: Int) -> String {
        let (day, second) = secondsSince1970.quotientAndRemainder(dividingBy: 86_400)
        let date = civil(day)
        let weekday = weekdays[(day + 4) % 7]  // 1 January 1970 was a Thursday
        return weekday + ", " + two(date.day) + " " + months[date.month - 1] + " "
            + two(date.year / 100) + two(date.year % 100) + " " + two(second / 3600) + ":"
            + two(second / 60 % 60) + ":" + two(second % 60) + " GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// Year, month and day of a day counted from 1 January 1970. Years are taken to begin in March, so
    /// that the leap day is the last of its year.
    private static func civil(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468  // from 1 March of year 0
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
