import GuestRuntime
import Testing

@testable import tandem

/// The texts that profiles are made of.
@Suite struct ProfileTextTests {
    @Test(
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (123_456_789, "123,456,789"),
            (.max, "18,446,744,073,709,551,615"),
        ] as [(UInt64, String)])
    func numbers(value: UInt64, text: String) {
        #expect(NumberText.grouped(value) == text)
    }

    @Test func percentages() {
        #expect(NumberText.percent(1, of: 3) == "33.3")
        #expect(NumberText.percent(2, of: 3) == "66.7")
        #expect(NumberText.percent(5, of: 5) == "100.0")
        #expect(NumberText.percent(0, of: 0) == "0.0")
        #expect(NumberText.percent(1, of: .max) == "0.0")
    }

    @Test func columns() {
        var table = TextTable(["a", "bb", "name"])
        table.add(["100", "2", "long name"])
        table.add(["1", "", "x"])
        #expect(table.lines == ["  a  bb  name", "100   2  long name", "  1      x"])
    }

    @Test func xml() {
        #expect(XMLText.escaped("a<b>&\"c\"'") == "a&lt;b&gt;&amp;&quot;c&quot;'")
        #expect(XMLText.escaped("1\n2\t3") == "1&#10;2 3")
        #expect(XMLText.escaped("\u{0}\u{1b}\u{ffff}é🔥") == "\u{fffd}\u{fffd}\u{fffd}é🔥")
    }

    @Test(arguments: [
        ("$s7Program6squareySiSiF", "Program.square(Swift.Int) -> Swift.Int"),
        ("main", "main"), ("$s", "$s"), ("$snonsense", "$snonsense"), ("", ""),
    ])
    func swiftNames(symbol: String, name: String) {
        #expect(SwiftName.readable(symbol) == name)
    }

    @Test(arguments: [
        ("a.b() -> c", "a.b() -> c"),
        ("generic specialization <Swift.Int> of a.b<A>(A) -> A", "a.b<A>(A) -> A (specialized)"),
        (
            "function signature specialization <Arg[1] = [Closure : (x) -> y]> of "
                + "generic specialization <()> of a.b", "a.b (specialized)"
        ),
        ("generic specialization <a", "generic specialization <a"),
        ("a.< infix(b) -> c", "a.< infix(b) -> c"),
    ])
    func specializations(name: String, plain: String) {
        #expect(SwiftName.plain(name) == plain)
    }

    @Test func aPathMakesTwoOptions() {
        #expect(
            ProfileOptions.expanded(["exec", "--profile=a=b.svg", "x", "--", "--profile=c"])
                == ["exec", "--profile", "--flame-graph=a=b.svg", "x", "--", "--profile=c"])
        #expect(ProfileOptions.expanded(["exec", "--profile", "x"]) == ["exec", "--profile", "x"])
        #expect(ProfileOptions.expanded(["node", "--profile=x"]) == ["node", "--profile=x"])
        #expect(ProfileOptions.expanded([]).isEmpty)
    }
}
