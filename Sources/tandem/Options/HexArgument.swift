internal import ArgumentParser
internal import Bytes
internal import Node

/// Bytes on the command line: hexadecimal digits, or `@PATH` for the bytes of a file.
struct HexArgument: ExpressibleByArgument {
    /// The largest file that an argument may name, in bytes.
    private static let fileByteCountMax = 64 << 20

    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init?(argument: String) {
        if argument.hasPrefix("@") {
            do {
                bytes = try BoundedFile.read(
                    String(argument.dropFirst()), byteCountMax: Self.fileByteCountMax)
            } catch {
                // The parser shows the argument and what it should have been.
                return nil
            }
        } else {
            guard let decoded = Hex.decode(argument) else { return nil }
            bytes = decoded
        }
    }
}

extension Address: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(hex: argument)
    }
}

extension ProgramID: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(hex: argument)
    }
}

extension JobID: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(hex: argument)
    }
}
