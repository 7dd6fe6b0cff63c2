/// How often guest registers are used.
struct RegisterUses {
    /// The weighted uses of each guest register. Bounded: 2^22 instructions of weight 2^18 each, or the
    /// samples of a run.
    private(set) var weights: [64 of UInt64] = .init(repeating: 0)

    /// The uses of all registers but x0.
    var total: UInt64 { (1..<32).reduce(0) { $0 + weights[$1] } }

    /// The registers from the most to the least used.
    var hottest: [UInt8] {
        (1..<32 as Range<UInt8>).sorted {
            (weights[Int($0)], $1) > (weights[Int($1)], $0)
        }
    }

    /// Counts the registers of an instruction.
    @inline(__always)
    mutating func count(_ instruction: DecodedInstruction, weight: UInt64) {
        let operation = instruction.operation
        count(instruction.source1, operation.readsSource1, weight)
        count(instruction.source2, operation.readsSource2, weight)
        count(instruction.destination, operation.writes, weight)
    }

    /// Adding nothing is cheaper than a jump that nobody foresees.
    @inline(__always)
    private mutating func count(_ register: UInt8, _ isUsed: Bool, _ weight: UInt64) {
        // All bits when it is.
        let mask = 0 &- UInt64(isUsed ? 1 : 0)
        weights[Int(register & 63)] &+= weight & mask
    }
}
