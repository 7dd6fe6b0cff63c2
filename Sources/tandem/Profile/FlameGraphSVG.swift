internal import RISCV

/// Writes a flame graph as one SVG file that needs nothing else: hovering shows the name and the cycles
/// of a frame, a click shows it alone, a click on the lowest frame shows everything again.
struct FlameGraphSVG {
    private static let width = 1200.0
    private static let margin = 10.0
    private static let rowHeight = 17.0
    private static let headHeight = 44.0
    /// Of a letter of the font, about.
    private static let letterWidth = 6.7
    /// Frames narrower than this cannot be seen, in the picture's own unit.
    private static let frameWidthMin = 0.2

    private let report: GuestProfileReport
    private let graph: FlameGraph
    private let title: String

    init(_ report: GuestProfileReport, title: String) {
        self.report = report
        self.title = title
        graph = FlameGraph(
            report.profile, shareMin: Self.frameWidthMin / (Self.width - 2 * Self.margin))
    }

    private var height: Double {
        Self.headHeight + Double(graph.rowCount) * Self.rowHeight + Self.margin
    }

    private var cycles: UInt64 { report.profile.cycles }

    /// The file.
    var text: String {
        let size = "\(number(Self.width)) \(number(height))"
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 \#(size)""#
                + #" width="\#(number(Self.width))" height="\#(number(height))">"#,
            "<title>\(XMLText.escaped(title))</title>",
            "<style>\(Self.style)</style>",
            ##"<rect width="100%" height="100%" fill="#fffdf7"/>"##,
            #"<text class="head" x="\#(number(Self.margin))" y="20">\#(XMLText.escaped(title))</text>"#,
            #"<text class="note" x="\#(number(Self.margin))" y="36">\#(XMLText.escaped(subtitle))</text>"#,
        ]
        lines += graph.frames.map(frame)
        lines += ["<script><![CDATA[\(Self.script)]]></script>", "</svg>", ""]
        return lines.joined(separator: "\n")
    }

    private var subtitle: String {
        "\(NumberText.grouped(cycles)) cycles; a frame is as wide as it and what it called took; "
            + "click to look closer"
    }

    /// A frame with the numbers that the script needs: where it starts and how wide it is, as shares.
    private func frame(_ frame: FlameGraph.Frame) -> String {
        let name = frame.function < 0 ? "all" : report.names[frame.function]
        // Divided each: what has all the cycles has a share of exactly 1, of which the script makes the
        // picture's whole width.
        let all = Double(max(1, cycles))
        let (start, share) = (Double(frame.start) / all, Double(frame.cycles) / all)
        let room = Self.width - 2 * Self.margin
        let (x, width) = (Self.margin + start * room, share * room)
        let y = height - Self.margin - Double(frame.depth + 1) * Self.rowHeight
        let hover =
            "\(name)\n\(NumberText.grouped(frame.cycles)) cycles "
            + "(\(NumberText.percent(frame.cycles, of: cycles)) %), "
            + "\(NumberText.grouped(frame.ownCycles)) its own"
        return
            #"<g data-s="\#(start)" data-w="\#(share)">"#
            + "<title>\(XMLText.escaped(hover))</title>"
            + #"<rect x="\#(number(x))" y="\#(number(y))" width="\#(number(width))""#
            + #" height="\#(number(Self.rowHeight - 1))" fill="\#(color(frame, name))"/>"#
            + #"<text x="\#(number(x + 3))" y="\#(number(y + 12))" data-n="\#(XMLText.escaped(name))">"#
            + "\(XMLText.escaped(Self.fitted(name, into: width)))</text></g>"
    }

    /// As much of a name as there is room for; the script does the same.
    private static func fitted(_ name: String, into width: Double) -> String {
        let room = Int((width - 6) / letterWidth)
        guard room >= 3 else { return "" }
        return name.count <= room ? name : name.prefix(room - 1) + "…"
    }

    /// Warm for code, blue for calls of the host, gray for the rest; the same name, the same color.
    private func color(_ frame: FlameGraph.Frame, _ name: String) -> String {
        // FNV-1a: any spread will do, but the same on every machine.
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let (first, second) = (Int(hash >> 8 & 0xff), Int(hash >> 16 & 0xff))
        let kind = frame.function < 0 ? .other : report.profile.functions[frame.function].kind
        switch kind {
        case .code:
            return
                "rgb(\(225 + first * 30 / 255),\(110 + second * 110 / 255),\(60 + first * 30 / 255))"
        case .call: return "rgb(\(110 + first * 40 / 255),\(165 + second * 40 / 255),230)"
        case .other: return "rgb(205,205,200)"
        }
    }

    /// With two digits behind the point at most, and never in scientific notation.
    private func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
        return rest == 0 ? "\(whole)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
