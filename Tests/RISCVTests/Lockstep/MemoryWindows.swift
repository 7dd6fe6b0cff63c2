import Foundation
import RISCV

/// The parts of memory that a program can write to without going far: its data, its text, and what lies
/// around the addresses in its registers.
struct MemoryWindows {
    private var ranges: [Range<UInt32>] = []

    init(_ image: ELFImage, _ registers: [UInt32], _ rules: ELFRules) {
        var ranges = image.chunks.map { $0.address..<$0.end }
        for value in registers { ranges.append(Self.around(value, rules)) }
        ranges.append(rules.dataLow..<rules.dataLow + 2048)
        ranges.append(rules.dataHigh - 2048..<rules.dataHigh)
        self.ranges = Self.merged(ranges.map { $0.clamped(to: rules.dataLow..<rules.dataHigh) })
    }

    private static func around(_ address: UInt32, _ rules: ELFRules) -> Range<UInt32> {
        let low = max(Int64(address) - 2048, 0)
        let high = min(Int64(address) + 2052, Int64(UInt32.max))
        return UInt32(low)..<UInt32(max(low, high))
    }

    private static func merged(_ ranges: [Range<UInt32>]) -> [Range<UInt32>] {
        var result: [Range<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = result.last, last.upperBound >= range.lowerBound {
                result[result.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// Somewhere for the host to write to.
    var first: Range<UInt32> { ranges.first ?? 0..<0 }

    /// The first address whose byte is not the same in both. Where one machine knows what was stored,
    /// only that is looked at, unless `everywhere`.
    func difference(
        _ first: any ComparedMachine, _ second: any ComparedMachine, everywhere: Bool
    ) -> String? {
        for machine in [first, second] {
            guard let known = machine as? SpecificationMachine else { continue }
            for store in known.stores {
                let range = store.address..<store.address + store.byteCount
                if let found = difference(first, second, range) { return found }
            }
            known.stores = []
            if !everywhere { return nil }
        }
        guard everywhere else { return nil }
        for range in ranges {
            if let found = difference(first, second, range) { return found }
        }
        return nil
    }

    private func difference(
        _ first: any ComparedMachine, _ second: any ComparedMachine, _ range: Range<UInt32>
    ) -> String? {
        let left = first.bytes(range.lowerBound, range.count)
        let right = second.bytes(range.lowerBound, range.count)
        guard let left, let right else {
            return left == nil && right == nil ? nil : "\(hex(range.lowerBound)) is memory in one"
        }
        if Self.areEqual(left, right) { return nil }
        let offset = left.indices.first { left[$0] != right[$0] } ?? 0
        return "the byte at \(hex(range.lowerBound + UInt32(offset))) is \(left[offset]) and "
            + "\(right[offset])"
    }

    /// Much faster than the operator where that is not optimised.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count == right.count
                }
                return left.count == right.count && memcmp(first, second, left.count) == 0
            }
        }
    }
}
