internal import ArgumentParser
internal import NodeAPI

/// How a command prints its answer.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    /// Prints named values: one line each, or the members of a JSON object. `members` writes what only the
    /// object has.
    func print(_ fields: [OutputField], members: (inout JSONWriter) -> Void = { _ in }) {
        guard json else {
            let width = fields.map(\.name.utf8.count).max() ?? 0
            for field in fields {
                let padding = String(repeating: " ", count: width - field.name.utf8.count)
                Swift.print("\(field.name)\(padding)  \(field.text)")
            }
            return
        }
        var writer = JSONWriter()
        writer.beginObject()
        for field in fields { field.write(to: &writer) }
        members(&writer)
        writer.endObject()
        Swift.print(String(decoding: writer.bytes, as: UTF8.self))
    }
}

/// One value of an answer.
struct OutputField {
    enum Value {
        case text(String)
        case number(UInt64)
        case seconds(Double)
        case flag(Bool)
        case missing
    }

    let name: String
    let value: Value

    init(_ name: String, _ text: String?) {
        self.name = name
        value = text.map { .text($0) } ?? .missing
    }

    init(_ name: String, _ number: UInt64?) {
        self.name = name
        value = number.map { .number($0) } ?? .missing
    }

    init(_ name: String, seconds: Double) {
        self.name = name
        value = .seconds(seconds)
    }

    init(_ name: String, _ flag: Bool) {
        self.name = name
        value = .flag(flag)
    }

    var text: String {
        switch value {
        case .text(let text): text
        case .number(let number): String(number)
        case .seconds(let seconds): String(seconds)
        case .flag(let flag): flag ? "yes" : "no"
        case .missing: "-"
        }
    }

    func write(to writer: inout JSONWriter) {
        switch value {
        case .text(let text): writer.field(named: name, text)
        case .number(let number): writer.field(named: name, number)
        case .seconds(let seconds): writer.field(named: name, seconds: seconds)
        case .flag(let flag): writer.field(named: name, flag)
        case .missing: writer.nullField(named: name)
        }
    }
}
