import Bytes
import RISCV

extension GuestCore {
    /// Prints bytes of the guest's memory, which the caller has checked and counted.
    mutating func print(_ address: UInt32, byteCount: UInt32) throws(GuestStop) {
        // One byte more than is ever kept tells the console that there was more.
        let kept = min(byteCount, UInt32(GuestRuntimeLimits.consoleByteCountMax) + 1)
        let bytes = try read(address, byteCount: UInt64(kept))
        console.append(bytes.span)
    }

    /// Whether bytes of the guest's memory are well-formed UTF-8.
    func isText(_ address: UInt32, byteCount: UInt32) throws(GuestStop) -> Bool {
        let isText = machine.memory.withBytes(at: address, byteCount: UInt64(byteCount)) { bytes in
            Self.isUTF8(bytes)
        }
        guard let isText else {
            throw GuestStop(.outside(address: address, byteCount: UInt64(byteCount)))
        }
        return isText
    }

    /// Whether the bytes are well-formed UTF-8.
    static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
        // The error says where the bytes are ill-formed, which nobody asks here.
        (try? UTF8Span(validating: bytes)) != nil
    }
}
