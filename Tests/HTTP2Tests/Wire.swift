import Bytes
import HTTP2

/// One frame, taken apart or put together without the code under test.
struct Frame: Equatable, CustomStringConvertible {
    var type: UInt8
    var flags: UInt8 = 0
    var stream: UInt32 = 0
    var payload: [UInt8] = []

    var bytes: [UInt8] {
        let count = UInt32(payload.count)
        var result = [UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
        result += [type, flags]
        result.append(bigEndian: stream)
        return result + payload
    }

    var description: String {
        "type \(type) flags \(flags) stream \(stream) payload \(Hex.encode(payload))"
    }

    /// The error code of RST_STREAM or GOAWAY.
    var code: HTTP2ErrorCode {
        let offset = type == 7 ? 4 : 0
        return HTTP2ErrorCode(rawValue: payload.span.bigEndianUInt32(at: offset))
    }

    var endsStream: Bool { flags & 1 != 0 }

    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    static func data(_ stream: UInt32, _ payload: [UInt8], end: Bool = false) -> Frame {
        Frame(type: 0, flags: end ? 1 : 0, stream: stream, payload: payload)
    }

    static func headers(
        _ stream: UInt32, _ fields: [(String, String)], end: Bool = true, endHeaders: Bool = true
    ) -> Frame {
        let flags: UInt8 = (end ? 1 : 0) | (endHeaders ? 4 : 0)
        return Frame(type: 1, flags: flags, stream: stream, payload: block(fields))
    }

    static func continuation(_ stream: UInt32, _ payload: [UInt8], end: Bool = true) -> Frame {
        Frame(type: 9, flags: end ? 4 : 0, stream: stream, payload: payload)
    }

    static func priority(_ stream: UInt32, on parent: UInt32 = 0) -> Frame {
        var payload: [UInt8] = []
        payload.append(bigEndian: parent)
        return Frame(type: 2, stream: stream, payload: payload + [16])
    }

    static func reset(_ stream: UInt32, _ code: UInt32 = 8) -> Frame {
        var payload: [UInt8] = []
        payload.append(bigEndian: code)
        return Frame(type: 3, stream: stream, payload: payload)
    }

    static func settings(_ pairs: [(UInt16, UInt32)] = []) -> Frame {
        var payload: [UInt8] = []
        for (name, value) in pairs {
            payload.append(bigEndian: name)
            payload.append(bigEndian: value)
        }
        return Frame(type: 4, payload: payload)
    }

    static let settingsAck = Frame(type: 4, flags: 1)

    static func ping(_ payload: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8], ack: Bool = false) -> Frame {
        Frame(type: 6, flags: ack ? 1 : 0, payload: payload)
    }

    static func goAway(_ last: UInt32, _ code: UInt32 = 0) -> Frame {
        var payload: [UInt8] = []
        payload.append(bigEndian: last)
        payload.append(bigEndian: code)
        return Frame(type: 7, payload: payload)
    }

    static func windowUpdate(_ stream: UInt32, _ increment: UInt32) -> Frame {
        var payload: [UInt8] = []
        payload.append(bigEndian: increment)
        return Frame(type: 8, stream: stream, payload: payload)
    }

    /// A header block of literals without indexing or Huffman coding.
    static func block(_ fields: [(String, String)]) -> [UInt8] {
        fields.flatMap { name, value in
            [0] + integer(name.utf8.count) + name.utf8 + integer(value.utf8.count) + value.utf8
        }
    }

    private static func integer(_ value: Int) -> [UInt8] {
        if value < 127 { return [UInt8(value)] }
        var rest = value - 127
        var bytes: [UInt8] = [127]
        while rest >= 128 {
            bytes.append(UInt8(rest % 128 + 128))
            rest /= 128
        }
        return bytes + [UInt8(rest)]
    }

    /// Takes whole frames apart.
    static func parse(_ bytes: [UInt8]) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        if rest.starts(with: preface) { rest = rest.dropFirst(preface.count) }
        while rest.count >= 9 {
            let start = rest.startIndex
            let count = Int(rest[start]) << 16 | Int(rest[start + 1]) << 8 | Int(rest[start + 2])
            let payload = Array(rest.dropFirst(9).prefix(count))
            frames.append(
                Frame(
                    type: rest[start + 3], flags: rest[start + 4],
                    stream: rest.span.bigEndianUInt32(at: 5), payload: payload))
            rest = rest.dropFirst(9 + count)
        }
        precondition(rest.isEmpty, "output is whole frames")
        return frames
    }
}

let getFields = [
    (":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "localhost"),
]
let postFields = [(":method", "POST")] + getFields.dropFirst()
