/// Reads Rust's v0 mangling (Rust RFC 2603) into the path that people write, generic arguments included.
/// Hashes of crates and the numbers that tell equal names apart are left out.
struct RustV0Name {
    /// More would be a symbol made to be expensive: back references multiply.
    private static let outputByteCountMax = 4096
    private static let depthMax = 64

    private let symbol: [UInt8]
    private var position: Int
    private var text = ""
    private var depth = 0

    /// Thrown at anything that the grammar does not have.
    private struct Malformed: Error {}

    /// The path of a symbol that begins with `_R`; nil when it cannot be read.
    static func readable(_ symbol: String) -> String? {
        var name = RustV0Name(symbol: Array(symbol.utf8), position: 2)
        do throws(Malformed) {
            try name.path(isValue: true)
            return name.text
        } catch {
            return nil
        }
    }

    private init(symbol: [UInt8], position: Int) {
        self.symbol = symbol
        self.position = position
    }

    private mutating func path(isValue: Bool) throws(Malformed) {
        try enter()
        defer { depth -= 1 }
        switch try next() {
        case UInt8(ascii: "C"):
            try skipDisambiguator()
            try write(identifier())
        case UInt8(ascii: "N"): try nestedPath()
        case UInt8(ascii: "M"):
            try skipImplementationPath()
            try write("<")
            try type()
            try write(">")
        case UInt8(ascii: "X"):
            try skipImplementationPath()
            try traitPath()
        case UInt8(ascii: "Y"): try traitPath()
        case UInt8(ascii: "I"):
            try path(isValue: isValue)
            try write(isValue ? "::<" : "<")
            try list { (name: inout RustV0Name) throws(Malformed) in try name.genericArgument() }
            try write(">")
        case UInt8(ascii: "B"):
            try followBack { (name: inout RustV0Name) throws(Malformed) in
                try name.path(isValue: isValue)
            }
        default: throw Malformed()
        }
    }

    private mutating func nestedPath() throws(Malformed) {
        let space = try next()
        try path(isValue: true)
        let number = try disambiguator()
        let name = try identifier()
        switch space {
        case UInt8(ascii: "C"): try write("::{closure#\(number)}")
        case UInt8(ascii: "S"): try write("::{shim:\(name)#\(number)}")
        default: if !name.isEmpty { try write("::" + name) }
        }
    }

    private mutating func traitPath() throws(Malformed) {
        try write("<")
        try type()
        try write(" as ")
        try path(isValue: false)
        try write(">")
    }

    /// The path of an `impl` says where it stands, which nobody asks.
    private mutating func skipImplementationPath() throws(Malformed) {
        try skipDisambiguator()
        let kept = text
        try path(isValue: false)
        text = kept
    }

    private mutating func genericArgument() throws(Malformed) {
        switch peek() {
        case UInt8(ascii: "L"):
            position += 1
            _ = try number62()
            try write("'_")
        case UInt8(ascii: "K"):
            position += 1
            try constant()
        default: try type()
        }
    }

    private mutating func type() throws(Malformed) {
        try enter()
        defer { depth -= 1 }
        guard let first = peek() else { throw Malformed() }
        if let basic = Self.basicTypes[first] {
            position += 1
            return try write(basic)
        }
        switch first {
        case UInt8(ascii: "A"), UInt8(ascii: "S"): try array(isSlice: first == UInt8(ascii: "S"))
        case UInt8(ascii: "T"): try tuple()
        case UInt8(ascii: "R"), UInt8(ascii: "Q"): try reference(first == UInt8(ascii: "Q"))
        case UInt8(ascii: "P"), UInt8(ascii: "O"):
            position += 1
            try write(first == UInt8(ascii: "P") ? "*const " : "*mut ")
            try type()
        case UInt8(ascii: "F"): try function()
        case UInt8(ascii: "D"): try traitObject()
        case UInt8(ascii: "B"):
            position += 1
            try followBack { (name: inout RustV0Name) throws(Malformed) in try name.type() }
        default: try path(isValue: false)
        }
    }

    private mutating func array(isSlice: Bool) throws(Malformed) {
        position += 1
        try write("[")
        try type()
        if !isSlice {
            try write("; ")
            try constant()
        }
        try write("]")
    }

    private mutating func tuple() throws(Malformed) {
        position += 1
        try write("(")
        let count = try list { (name: inout RustV0Name) throws(Malformed) in try name.type() }
        try write(count == 1 ? ",)" : ")")
    }

    private mutating func reference(_ isMutable: Bool) throws(Malformed) {
        position += 1
        try write("&")
        if peek() == UInt8(ascii: "L") {
            position += 1
            _ = try number62()
        }
        if isMutable { try write("mut ") }
        try type()
    }

    private mutating func function() throws(Malformed) {
        position += 1
        try skipBinder()
        if peek() == UInt8(ascii: "U") {
            position += 1
            try write("unsafe ")
        }
        if peek() == UInt8(ascii: "K") {
            position += 1
            if peek() == UInt8(ascii: "C") {
                position += 1
                try write("extern \"C\" ")
            } else {
                try write("extern \"\(identifier())\" ")
            }
        }
        try write("fn(")
        try list { (name: inout RustV0Name) throws(Malformed) in try name.type() }
        try write(")")
        if peek() == UInt8(ascii: "u") {
            position += 1
        } else {
            try write(" -> ")
            try type()
        }
    }

    private mutating func traitObject() throws(Malformed) {
        position += 1
        try skipBinder()
        try write("dyn ")
        var isFirst = true
        while peek() != UInt8(ascii: "E") {
            if !isFirst { try write(" + ") }
            isFirst = false
            try path(isValue: false)
            while peek() == UInt8(ascii: "p") {
                position += 1
                try write("<\(identifier()) = ")
                try type()
                try write(">")
            }
        }
        position += 1
        guard try next() == UInt8(ascii: "L") else { throw Malformed() }
        _ = try number62()
    }

    private mutating func constant() throws(Malformed) {
        try enter()
        defer { depth -= 1 }
        switch try next() {
        case UInt8(ascii: "p"): return try write("_")
        case UInt8(ascii: "B"):
            return try followBack { (name: inout RustV0Name) throws(Malformed) in
                try name.constant()
            }
        case let type: try number(isBool: type == UInt8(ascii: "b"))
        }
    }

    /// A number in hexadecimal up to `_`.
    private mutating func number(isBool: Bool) throws(Malformed) {
        if peek() == UInt8(ascii: "n") {
            position += 1
            try write("-")
        }
        let start = position
        while try next() != UInt8(ascii: "_") {}
        let digits = String(decoding: symbol[start..<position - 1], as: UTF8.self)
        guard digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            throw Malformed()
        }
        guard let value = UInt64(digits.isEmpty ? "0" : digits, radix: 16) else {
            return try write("0x" + digits)
        }
        try write(isBool ? (value == 0 ? "false" : "true") : "\(value)")
    }
}

// The parts that everything above is made of.
extension RustV0Name {
    private static let basicTypes: [UInt8: String] = [
        UInt8(ascii: "a"): "i8", UInt8(ascii: "b"): "bool", UInt8(ascii: "c"): "char",
        UInt8(ascii: "d"): "f64", UInt8(ascii: "e"): "str", UInt8(ascii: "f"): "f32",
        UInt8(ascii: "h"): "u8", UInt8(ascii: "i"): "isize", UInt8(ascii: "j"): "usize",
        UInt8(ascii: "l"): "i32", UInt8(ascii: "m"): "u32", UInt8(ascii: "n"): "i128",
        UInt8(ascii: "o"): "u128", UInt8(ascii: "p"): "_", UInt8(ascii: "s"): "i16",
        UInt8(ascii: "t"): "u16", UInt8(ascii: "u"): "()", UInt8(ascii: "v"): "...",
        UInt8(ascii: "x"): "i64", UInt8(ascii: "y"): "u64", UInt8(ascii: "z"): "!",
    ]

    private func peek() -> UInt8? { position < symbol.count ? symbol[position] : nil }

    private mutating func next() throws(Malformed) -> UInt8 {
        guard let byte = peek() else { throw Malformed() }
        position += 1
        return byte
    }

    private mutating func write(_ part: String) throws(Malformed) {
        guard text.utf8.count + part.utf8.count <= Self.outputByteCountMax else {
            throw Malformed()
        }
        text += part
    }

    private mutating func enter() throws(Malformed) {
        guard depth < Self.depthMax else { throw Malformed() }
        depth += 1
    }

    /// Items up to an `E`, with commas between them; how many there were.
    @discardableResult
    private mutating func list(
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
    private mutating func followBack(
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
    private mutating func number62() throws(Malformed) -> UInt64 {
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

    private mutating func disambiguator() throws(Malformed) -> UInt64 {
        guard peek() == UInt8(ascii: "s") else { return 0 }
        position += 1
        let number = try number62()
        guard number < .max else { throw Malformed() }
        return number + 1
    }

    private mutating func skipDisambiguator() throws(Malformed) { _ = try disambiguator() }

    private mutating func skipBinder() throws(Malformed) {
        guard peek() == UInt8(ascii: "G") else { return }
        position += 1
        _ = try number62()
    }

    /// A name behind its length. One that was encoded from other than ASCII stays encoded.
    private mutating func identifier() throws(Malformed) -> String {
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
