/// Rows of numbers with a name at the end, in columns.
struct TextTable {
    private var rows: [[String]] = []

    /// A table with these titles; the last column is the text, flush left.
    init(_ titles: [String]) {
        rows.append(titles)
    }

    /// Adds a row with as many cells as there are titles.
    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    /// The lines, without an end of line.
    var lines: [String] {
        let count = rows[0].count
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let numbers = (0..<count - 1).map { column in
                String(repeating: " ", count: widths[column] - row[column].count) + row[column]
            }
            return (numbers + [row[count - 1]]).joined(separator: "  ")
        }
    }
}

/// Numbers as people read them.
enum NumberText {
    /// With a comma between each three digits.
    static func grouped(_ value: UInt64) -> String {
        var groups: [Substring] = []
        var rest = Substring(String(value))
        while rest.count > 3 {
            groups.append(rest.suffix(3))
            rest = rest.dropLast(3)
        }
        groups.append(rest)
        return groups.reversed().joined(separator: ",")
    }

    /// A share of a whole in percent, with one digit behind the point.
    static func percent(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0 else { return "0.0" }
        let tenths = (Double(part) / Double(whole) * 1000).rounded()
        return String(tenths / 10)
    }
}
