/// The coding of `grpc-message` (PROTOCOL-HTTP2.md, "Status-Message"): UTF-8 with everything but
/// printable ASCII, and the percent sign, as `%XX`.
package enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// The coded text. At most `byteCountMax` bytes of `text` are kept, whole characters only.
    package static func encode(_ text: String, byteCountMax: Int = .max) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(text.utf8.count, byteCountMax))
        var byteCount = 0
        for character in text.unicodeScalars {
            let bytes = UTF8.encode(character)
            byteCount += bytes?.count ?? 0
            guard let bytes, byteCount <= byteCountMax else { break }
            for byte in bytes { append(byte, to: &output) }
        }
        return output
    }

    /// The text of coded bytes. What is not a valid escape stays as it is, and bytes that are not UTF-8
    /// become replacement characters: a status message never fails to be read.
    package static func decode(_ coded: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(coded.count)
        var index = coded.startIndex
        while index < coded.endIndex {
            if coded[index] == UInt8(ascii: "%"), coded.endIndex - index > 2,
                let high = value(coded[index + 1]), let low = value(coded[index + 2])
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(coded[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ byte: UInt8, to output: inout [UInt8]) {
        if (0x20...0x7e).contains(byte), byte != UInt8(ascii: "%") {
            output.append(byte)
        } else {
            output.append(UInt8(ascii: "%"))
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
