// The parts that everything above is made of.
extension RustV0Name {
    static let basicTypes: [UInt8: String] = [
        UInt8(ascii: "a"): "i8", UInt8(ascii: "b"): "bool", UInt8(ascii: "c"): "char",
        UInt8(ascii: "d"): "f64", UInt8(ascii: "e"): "str", UInt8(ascii: "f"): "f32",
        UInt8(ascii: "h"): "u8", UInt8(ascii: "i"): "isize", UInt8(ascii: "j"): "usize",
        UInt8(ascii: "l"): "i32", UInt8(ascii: "m"): "u32", UInt8(ascii: "n"): "i128",
        UInt8(ascii: "o"): "u128", UInt8(ascii: "p"): "_", UInt8(ascii: "s"): "i16",
        UInt8(ascii: "t"): "u16", UInt8(ascii: "u"): "()", UInt8(ascii: "v"): "...",
        UInt8(ascii: "x"): "i64", UInt8(ascii: "y"): "u64", UInt8(ascii: "z"): "!",
    ]

    func peek() -> UInt8? { position < symbol.count ? symbol[position] : nil }

    mutating func next() throws(Malformed) -> UInt8 {
        guard let byte = peek() else { throw Malformed() }
        position += 1
        return byte
    }

    mutating func write(_ part: String) throws(Malformed) {
        guard text.utf8.count + part.utf8.count <= Self.outputByteCountMax else {
            throw Malformed()
        }
        text += part
    }

    mutating func enter() throws(Malformed) {
        guard depth < Self.depthMax else { throw Malformed() }
        depth += 1
    }

    /// Items up to an `E`, with commas between them; how many there were.
    @discardableResult
    mutating func list(
        _ item: (inout RustV0Name) throws(Malformed) -> Void
    ) throws(Malformed) -> Int {
        var count = 0
        while peek() != UInt8(ascii: "E") {
            if count > 0 { try write(", ") }
            count += 1
            try item(&self)
        }
        position += 1
        return count
    }

    /// Reads something again that stands earlier in the symbol.
    mutating func followBack(
        _ body: (inout RustV0Name) throws(Malformed) -> Void
    ) throws(Malformed) {
        let here = position - 1
        let target = try number62()
        // Counted from behind `_R`; only backwards, so that it ends.
        guard target < UInt64(here - 2) else { throw Malformed() }
        let end = position
        position = Int(target) + 2
        try body(&self)
        position = end
    }

    /// A number in base 62 up to `_`; an empty one is 0, others are one more than they say.
    mutating func number62() throws(Malformed) -> UInt64 {
        if peek() == UInt8(ascii: "_") {
            position += 1
            return 0
        }
        var value: UInt64 = 0
        while true {
            let digit: UInt8
            switch try next() {
            case UInt8(ascii: "_"):
                guard value < .max else { throw Malformed() }
                return value + 1
            case let byte where byte >= 0x30 && byte <= 0x39: digit = byte - 0x30
            case let byte where byte >= 0x61 && byte <= 0x7a: digit = byte - 0x61 + 10
            case let byte where byte >= 0x41 && byte <= 0x5a: digit = byte - 0x41 + 36
            default: throw Malformed()
            }
            let (product, overflows) = value.multipliedReportingOverflow(by: 62)
            let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(digit))
            guard !overflows, !overflowsToo else { throw Malformed() }
            value = sum
        }
    }

    mutating func disambiguator() throws(Malformed) -> UInt64 {
        guard peek() == UInt8(ascii: "s") else { return 0 }
        position += 1
        let number = try number62()
        guard number < .max else { throw Malformed() }
        return number + 1
    }

    mutating func skipDisambiguator() throws(Malformed) { _ = try disambiguator() }

    mutating func skipBinder() throws(Malformed) {
        guard peek() == UInt8(ascii: "G") else { return }
        position += 1
        _ = try number62()
    }

    /// A name behind its length. One that was encoded from other than ASCII stays encoded.
    mutating func identifier() throws(Malformed) -> String {
        if peek() == UInt8(ascii: "u") { position += 1 }
        var count = 0
        while let digit = peek(), digit >= 0x30, digit <= 0x39, count < 10_000 {
            position += 1
            count = count * 10 + Int(digit - 0x30)
            // A length has no leading zero: 0 is a whole length.
            if count == 0 { break }
        }
        if peek() == UInt8(ascii: "_") { position += 1 }
        guard count <= symbol.count - position else { throw Malformed() }
        defer { position += count }
        return String(decoding: symbol[position..<position + count], as: UTF8.self)
    }
}
