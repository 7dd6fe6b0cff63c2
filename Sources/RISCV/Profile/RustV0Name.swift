/// Reads Rust's v0 mangling (Rust RFC 2603) into the path that people write, generic arguments included.
/// Hashes of crates and the numbers that tell equal names apart are left out.
struct RustV0Name {
    /// More would be a symbol made to be expensive: back references multiply.
    static let outputByteCountMax = 4096
    static let depthMax = 64

    let symbol: [UInt8]
    var position: Int
    var text = ""
    var depth = 0

    /// Thrown at anything that the grammar does not have.
    struct Malformed: Error {}

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
        case UInt8(ascii: "N"): try nestedPath(isValue: isValue)
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

    private mutating func nestedPath(isValue: Bool) throws(Malformed) {
        let space = try next()
        try path(isValue: isValue)
        let number = try disambiguator()
        let name = try identifier()
        switch space {
        case UInt8(ascii: "C"): try write("::{closure#\(number)}")
        case UInt8(ascii: "S"): try write("::{shim:\(name)#\(number)}")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            let kind = Character(Unicode.Scalar(space))
            try write("::{\(kind)\(name.isEmpty ? "" : ":" + name)#\(number)}")
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
            try associatedTypes()
        }
        position += 1
        guard try next() == UInt8(ascii: "L") else { throw Malformed() }
        _ = try number62()
    }

    /// `Output = T` and such, among the generic arguments of the trait before them.
    private mutating func associatedTypes() throws(Malformed) {
        guard peek() == UInt8(ascii: "p") else { return }
        let hasArguments = text.hasSuffix(">")
        if hasArguments { text.removeLast() }
        var separator = hasArguments ? ", " : "<"
        while peek() == UInt8(ascii: "p") {
            position += 1
            try write(separator + identifier() + " = ")
            separator = ", "
            try type()
        }
        try write(">")
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
