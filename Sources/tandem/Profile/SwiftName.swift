internal import Glibc

/// Swift's symbols as people write them, by the Swift runtime that this program itself runs on.
enum SwiftName {
    private typealias Demangle =
        @convention(c) (
            UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?,
            UInt32
        ) -> UnsafeMutablePointer<CChar>?

    /// The readable form of a symbol; the symbol itself when it is not Swift's.
    static func readable(_ symbol: String) -> String {
        guard symbol.hasPrefix("$s") || symbol.hasPrefix("$e") || symbol.hasPrefix("$S"),
            let demangle = unsafe demangle
        else { return symbol }
        // Without a buffer of ours the runtime allocates the answer, which is copied and freed here.
        guard let text = unsafe demangle(symbol, symbol.utf8.count, nil, nil, 0) else {
            return symbol
        }
        defer { unsafe free(text) }
        return plain(unsafe String(cString: text))
    }

    /// The name behind what the optimiser says that it did to the function: `generic specialization
    /// <…> of name` is `name (specialized)`.
    static func plain(_ name: String) -> String {
        var rest = Substring(name)
        while let opening = rest.firstIndex(of: "<"), rest[..<opening].hasSuffix("specialization "),
            let closing = closing(rest, from: opening), rest[closing...].hasPrefix("> of ")
        {
            rest = rest[closing...].dropFirst("> of ".count)
        }
        return rest.count == name.count ? name : rest + " (specialized)"
    }

    /// Where the bracket that opens at `start` is closed; an arrow closes nothing.
    private static func closing(_ text: Substring, from start: String.Index) -> String.Index? {
        var depth = 0
        var previous: Character = " "
        for index in text[start...].indices {
            if text[index] == "<" { depth += 1 }
            if text[index] == ">", previous != "-" { depth -= 1 }
            if depth == 0 { return index }
            previous = text[index]
        }
        return nil
    }

    /// `swift_demangle` of the runtime, which has had this signature since Swift 4; nil where the
    /// runtime is linked into the program and does not export it.
    private static var demangle: Demangle? {
        guard let symbol = unsafe dlsym(nil, "swift_demangle") else { return nil }
        return unsafe unsafeBitCast(symbol, to: Demangle.self)
    }
}
