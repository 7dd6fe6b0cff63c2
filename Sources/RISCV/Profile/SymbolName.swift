/// Symbols as people write them, where that is cheap to tell: Rust's two manglings. Others stay as they
/// are.
package enum SymbolName {
    /// The readable form of a symbol.
    package static func readable(_ symbol: String) -> String {
        if symbol.hasPrefix("_R") { return RustV0Name.readable(symbol) ?? symbol }
        return legacyRust(symbol) ?? symbol
    }

    /// Rust's legacy mangling: `_ZN`, each part behind its length, and `E`; the last part is `h` and 16
    /// hexadecimal digits, which say nothing to people (rustc's `symbol_mangling/legacy`). Nil for
    /// anything else, C++ included.
    private static func legacyRust(_ symbol: String) -> String? {
        guard symbol.hasPrefix("_ZN") else { return nil }
        var rest = symbol.utf8.dropFirst(3)
        var parts: [Substring.UTF8View] = []
        while let first = rest.first, first != UInt8(ascii: "E") {
            var count = 0
            while let digit = rest.first, digit >= 0x30, digit <= 0x39, count < 10_000 {
                count = count * 10 + Int(digit - 0x30)
                rest = rest.dropFirst()
            }
            guard count > 0, count <= rest.count else { return nil }
            parts.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        guard !rest.isEmpty, let hash = parts.popLast(), isHash(hash), !parts.isEmpty else {
            return nil
        }
        return parts.map(plain).joined(separator: "::")
    }

    private static func isHash(_ part: Substring.UTF8View) -> Bool {
        part.count == 17 && part.first == UInt8(ascii: "h")
            && part.dropFirst().allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            }
    }

    /// A part with its escapes undone: `..` is `::`, `$LT$` is `<`, `$u20$` is the character U+0020.
    private static func plain(_ part: Substring.UTF8View) -> String {
        var text = Substring(part)
        if text.hasPrefix("_$") { text = text.dropFirst() }
        var result = ""
        while let first = text.first {
            if first == "$", let end = text.dropFirst().firstIndex(of: "$"),
                let character = escaped(text[text.index(after: text.startIndex)..<end])
            {
                result += character
                text = text[text.index(after: end)...]
            } else if text.hasPrefix("..") {
                result += "::"
                text = text.dropFirst(2)
            } else {
                result.append(first)
                text = text.dropFirst()
            }
        }
        return result
    }

    private static func escaped(_ name: Substring) -> String? {
        switch name {
        case "SP": return "@"
        case "BP": return "*"
        case "RF": return "&"
        case "LT": return "<"
        case "GT": return ">"
        case "LP": return "("
        case "RP": return ")"
        case "C": return ","
        default:
            guard name.first == "u", let value = UInt32(name.dropFirst(), radix: 16) else {
                return nil
            }
            return Unicode.Scalar(value).map { String(Character($0)) }
        }
    }
}
