/// Where a Swift program starts: at the top-level code of `main.swift` or of an only file, or at a
/// type marked `@main`. The compiler has to be told which.
enum SwiftEntryPoint {
    /// Whether one of the files has a line that begins with `@main`.
    static func isType(in files: [String]) throws(GuestBuildError) -> Bool {
        for file in files {
            let text = try LocalFiles.read(file)
            for line in text.split(separator: UInt8(ascii: "\n")) {
                let code = line.drop { $0 == UInt8(ascii: " ") }
                guard code.starts(with: "@main".utf8) else { continue }
                let next = code.dropFirst("@main".utf8.count).first ?? UInt8(ascii: " ")
                if next == UInt8(ascii: " ") || next == UInt8(ascii: "\r") { return true }
            }
        }
        return false
    }
}
