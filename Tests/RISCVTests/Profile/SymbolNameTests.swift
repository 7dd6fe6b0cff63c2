import RISCV
import Testing

/// The expected texts of `_R` symbols are llvm-cxxfilt's; the symbols are rustc 1.95's and those of
/// Rust RFC 2603.
@Suite struct SymbolNameTests {
    @Test(arguments: [
        ("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt"),
        (
            "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE",
            "<Test + 'static as foo::Bar<Test>>::bar"
        ),
        (
            "_ZN8my_crate4main28_$u7b$$u7b$closure$u7d$$u7d$17h00000000000000aaE",
            "my_crate::main::{{closure}}"
        ),
        ("_ZN4core3ptr17h0123456789abcdefE.llvm.123", "core::ptr"),
    ])
    func rustLegacy(symbol: String, expected: String) {
        #expect(SymbolName.readable(symbol) == expected)
    }

    @Test(
        arguments: [
            ("_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar"),
            ("_RNvMs_Cs4Cv8Wi1oAIB_7mycrateNtB4_7Example3new", "<mycrate::Example>::new"),
            ("_RINvNtC3std3mem8align_ofdE", "std::mem::align_of::<f64>"),
            (
                "_RINvNtC3std3mem8align_ofNtNtC3std3mem12DiscriminantE",
                "std::mem::align_of::<std::mem::Discriminant>"
            ),
            ("_RNvXCs1_5crateNtB2_3FooNtB2_3Bar3baz", "<crate::Foo as crate::Bar>::baz"),
            ("_RNCNvC7mycrate4main0B3_", "mycrate::main::{closure#0}"),
            ("_RNCNvC7mycrate4mains_0B3_", "mycrate::main::{closure#1}"),
            ("_RINvC1a1bAhj20_E", "a::b::<[u8; 32]>"),
            (
                "_RINvC1a1bRShQNtC1a1cPlOmTEThETjjEE",
                "a::b::<&[u8], &mut a::c, *const i32, *mut u32, (), (u8,), (usize, usize)>"
            ),
            ("_RINvC1a1bFUKCjEhE", "a::b::<unsafe extern \"C\" fn(usize) -> u8>"),
            ("_RINvC1a1bFEuE", "a::b::<fn()>"),
            ("_RINvC1a1bDNtC1a1cEL_E", "a::b::<dyn a::c>"),
            (
                "_RINvC1a1bDINtC1c2FnTlEEp6OutputlNtC1c4SendEL_E",
                "a::b::<dyn c::Fn<(i32,), Output = i32> + c::Send>"
            ),
            ("_RINvC1a1bDNtC1c8Iteratorp4ItemhEL_E", "a::b::<dyn c::Iterator<Item = u8>>"),
            ("_RNCNKNvC1a1b0s0_0", "a::b::{K#0}::{closure#2}"),
            ("_RINvC1a1bNCINvC1c1dhE0E", "a::b::<c::d<u8>::{closure#0}>"),
            ("_RINvC1a1bKb1_Kjff_KaNn1_E", nil),
            ("_RINvC1a1bKb1_Kjff_E", "a::b::<true, 255>"),
            ("_RNvYNtC1a1cNtC1a1d1e", "<a::c as a::d>::e"),
        ] as [(String, String?)])
    func rustV0(symbol: String, expected: String?) {
        #expect(SymbolName.readable(symbol) == expected ?? symbol)
    }

    /// Swift's, C's and C++'s names, and what is no name.
    @Test(arguments: [
        "main", "memcpy", "$s7Program6squareySiSiF", "_ZN3foo3barEv", "_ZN", "_ZN4core", "_R",
        "_RN", "_RB_",
        "_ZN17h0123456789abcdefE", "_ZN99999999999999999999core17h0123456789abcdefE", "",
        "_RNvB_1a", "_RINvC1a1bB7_E",
    ])
    func othersStay(symbol: String) {
        #expect(SymbolName.readable(symbol) == symbol)
    }

    /// Back references that would write terabytes end.
    @Test func backReferencesAreBounded() {
        var symbol = "_RINvC1a1bTyyyyyyyyyyyyyyE"
        for level in 0..<40 {
            let target = symbol.utf8.count - 2 - 15 * (level == 0 ? 1 : 0)
            symbol += "TB" + base62(max(0, target - 4)) + "B" + base62(max(0, target - 4)) + "E"
        }
        #expect(SymbolName.readable(symbol + "E").utf8.count <= max(4096, symbol.utf8.count + 1))
        let deep = "_RINvC1a1b" + String(repeating: "R", count: 100_000) + "hE"
        #expect(SymbolName.readable(deep) == deep)
    }

    private func base62(_ value: Int) -> String {
        guard value > 0 else { return "_" }
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        var text = ""
        var rest = value - 1
        repeat {
            text = String(digits[rest % 62]) + text
            rest /= 62
        } while rest > 0
        return text + "_"
    }
}
