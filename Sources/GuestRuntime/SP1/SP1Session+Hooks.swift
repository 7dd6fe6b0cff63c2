import RISCV

extension SP1Session {
    /// Answers what the guest wrote to a hook's descriptor: the results wait in front of the input, the
    /// first of them first.
    mutating func callHook(
        _ hook: SP1Hook, _ address: UInt32, _ length: UInt32
    ) throws(GuestStop) {
        guard length <= GuestRuntimeLimits.hookByteCountMax else {
            throw .invalid("the hook \(hook.name) with \(length) bytes")
        }
        let input = try core.read(address, byteCount: UInt64(length))
        let results = try results(of: hook, input)
        for result in results.reversed() {
            guard hints.hasRoom(for: result.count) else { throw Self.hintsAreFull }
            hints.prepend(result)
        }
    }

    private mutating func results(
        of hook: SP1Hook, _ input: [UInt8]
    ) throws(GuestStop) -> [[UInt8]] {
        switch hook {
        case .recoverKey: try Self.recoverKey(input)
        case .liftPoint: try Self.liftPoint(input)
        case .edDecompress: try Self.edDecompress(input)
        case .bls12381SquareRoot: try Self.bls12381SquareRoot(input)
        case .bls12381Inverse: try Self.bls12381Inverse(input)
        case .rsaMultiply: try rsaMultiply(input)
        case .fieldSquareRoot: try fieldSquareRoot(input)
        case .fieldInverse: try fieldInverse(input)
        }
    }
}
