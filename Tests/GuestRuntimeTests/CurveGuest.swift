import Bytes
import GuestRuntime
import TestSupport

/// Guests that call curve and field precompiles and hooks.
enum CurveGuest {
    private static let slotByteCount = 192

    /// What the oracle says of each call: the bytes at a0 afterwards, nil for a failure.
    static func expected(_ calls: [CurveCall]) throws -> [[UInt8]?] {
        let lines = try PythonOracle.lines(
            "GuestRuntimeTests/Oracles/curves.py", input: calls.map { $0.line + "\n" }.joined())
        return lines.map { $0 == "fails" ? nil : Hex.decode($0) }
    }

    /// The bytes at a0 after each call, hundreds of them made by one guest.
    static func results(_ calls: [CurveCall]) throws -> [[UInt8]] {
        try stride(from: 0, to: calls.count, by: 300).flatMap { start in
            try resultsOfOneGuest(Array(calls[start..<min(start + 300, calls.count)]))
        }
    }

    private static func resultsOfOneGuest(_ calls: [CurveCall]) throws -> [[UInt8]] {
        var (text, bytes): ([UInt32], [UInt8]) = ([], [])
        for call in calls {
            text += code(call, slot: GuestAssembly.data + UInt32(bytes.count))
            bytes += padded(call.first, 96) + padded(call.second, 96)
        }
        let program = text + GuestAssembly.call(2, 13, GuestAssembly.data, UInt32(bytes.count))
        let outcome = try GuestAssembly.run(
            .sp1, program + GuestAssembly.sp1Halt, data: bytes)
        guard outcome.status == .succeeded else {
            throw PythonOracleMismatch(text: "\(outcome.failure.map { "\($0)" } ?? "")")
        }
        return calls.indices.map { index in
            let start = index * slotByteCount
            return Array(outcome.output[start..<start + calls[index].first.count])
        }
    }

    /// How a guest that makes only this call fails.
    static func failure(_ call: CurveCall) throws -> GuestFailure? {
        let bytes = padded(call.first, 96) + padded(call.second, 96)
        return try GuestAssembly.run(
            .sp1, code(call, slot: GuestAssembly.data) + GuestAssembly.sp1Halt, data: bytes
        ).failure
    }

    /// What a hook answers: its results, of these lengths, in the order in which a guest reads them. The
    /// buffer of the input comes last.
    static func answer(
        _ descriptor: UInt32, _ request: [UInt8], lengths: [Int]
    ) throws -> GuestOutcome {
        var text = GuestAssembly.call(2, descriptor, GuestAssembly.data, UInt32(request.count))
        var offset: UInt32 = 0
        let results = GuestAssembly.data + 0x1000
        for length in lengths + [2] {
            text += GuestAssembly.call(0xf1, results + offset, UInt32(length))
            offset += UInt32(length + 3) & ~3
        }
        text += GuestAssembly.call(2, descriptor == 5 ? 3 : 13, results, offset)
        return try GuestAssembly.run(
            .sp1, text + GuestAssembly.sp1Halt, data: request,
            input: GuestInput(buffers: [[0xaa, 0xbb]]))
    }

    private static func code(_ call: CurveCall, slot: UInt32) -> [UInt32] {
        let isDecompression = call.name.hasSuffix("DECOMPRESS")
        let sign = call.second.span
        let second =
            isDecompression ? sign.littleEndianUInt32(at: 0) : slot + UInt32(slotByteCount / 2)
        return GuestAssembly.call(call.number, slot, second)
    }

    private static func padded(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: count - bytes.count)
    }
}

/// A guest failed where the oracle gave a result.
struct PythonOracleMismatch: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
