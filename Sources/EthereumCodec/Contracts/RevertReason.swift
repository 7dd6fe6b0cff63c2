package import Bytes

/// Why a call reverted, read from the data that it returned.
package enum RevertReason: Hashable, Sendable {
    /// Nothing was returned: a bare revert, or the gas ran out.
    case none

    /// `Error(string)`: a failed require.
    case message(String)

    /// `Panic(uint256)`: a failed assertion of the compiler's.
    case panic(UInt256)

    /// An error of the contract's own: its selector and its arguments, still encoded.
    case custom(selector: [UInt8], arguments: [UInt8])

    /// Anything else.
    case raw([UInt8])

    /// The reason in the data of a revert. Data that only looks like one of the standard errors is
    /// reported as a custom error, not refused: it was written by any contract that likes to.
    package init(decoding data: [UInt8]) {
        guard data.count >= 4 else {
            self = data.isEmpty ? .none : .raw(data)
            return
        }
        let (selector, arguments) = (Array(data[..<4]), Array(data[4...]))
        if selector == Self.errorSelector, let text = Self.message(in: arguments) {
            self = .message(text)
        } else if selector == Self.panicSelector, let code = Hash32(arguments) {
            self = .panic(UInt256(code))
        } else {
            self = .custom(selector: selector, arguments: arguments)
        }
    }

    private static let errorSelector = ABI.selector("Error(string)")
    private static let panicSelector = ABI.selector("Panic(uint256)")

    private static func message(in arguments: [UInt8]) -> String? {
        do throws(ABIError) {
            var reader = try ABIReader(arguments.span, fieldCount: 1, name: "Error")
            let text = try reader.readString("message", in: arguments.span)
            try reader.finish("Error")
            return text
        } catch {
            return nil
        }
    }
}

extension RevertReason: CustomStringConvertible {
    /// One line for an answer or a log, at most about twice the limit for revert texts long.
    package var description: String {
        switch self {
        case .none: "reverted without a reason"
        case .message(let text): "reverted: " + Self.printable(text)
        case .panic(let code): "panicked with code \(code.quantity): " + Self.meaning(of: code)
        case .custom(let selector, let arguments):
            "reverted with custom error \(Hex.encodePrefixed(selector))"
                + (arguments.isEmpty ? "" : " and arguments " + Self.shortHex(arguments))
        case .raw(let data): "reverted with data " + Self.shortHex(data)
        }
    }

    /// The text in one line: control characters become spaces, and the rest is cut at the limit.
    private static func printable(_ text: String) -> String {
        let countMax = EthereumCodecLimits.revertTextCountMax
        var output = String.UnicodeScalarView()
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < countMax else { return String(output) + "…" }
            output.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(output)
    }

    private static func shortHex(_ bytes: [UInt8]) -> String {
        let countMax = EthereumCodecLimits.revertTextCountMax / 2
        guard bytes.count > countMax else { return Hex.encodePrefixed(bytes) }
        return Hex.encodePrefixed(Array(bytes[..<countMax])) + "… (\(bytes.count) bytes)"
    }

    /// The compiler's reasons (Solidity documentation, "Panic via assert and Error via require").
    private static func meaning(of code: UInt256) -> String {
        switch code.asUInt64 {
        case 0x00: "generic"
        case 0x01: "assertion failed"
        case 0x11: "arithmetic overflow or underflow"
        case 0x12: "division by zero"
        case 0x21: "invalid enum value"
        case 0x22: "invalid storage byte array"
        case 0x31: "pop of an empty array"
        case 0x32: "array index out of bounds"
        case 0x41: "too much memory"
        case 0x51: "call of an unset function pointer"
        default: "unknown"
        }
    }
}
