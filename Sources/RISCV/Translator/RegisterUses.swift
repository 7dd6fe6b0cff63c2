/// How often guest registers are used.
struct RegisterUses {
    /// The weighted uses of each guest register. Bounded: 2^22 instructions of weight 2^18 each, or the
    /// samples of a run.
    private(set) var weights: [64 of UInt64] = .init(repeating: 0)

    /// For each operation what it does to registers: bit 0 when it reads the first source, bit 1 when it reads
    /// the second, bit 2 when it writes the destination.
    private let roles: [UInt8] = Operation.allCases.map { operation in
        (operation.readsSource1 ? 1 : 0) | (operation.readsSource2 ? 2 : 0)
            | (operation.writes ? 4 : 0)
    }

    /// The uses of all registers but x0.
    var total: UInt64 { (1..<32).reduce(0) { $0 + weights[$1] } }

    /// The registers from the most to the least used.
    var hottest: [UInt8] {
        (1..<32 as Range<UInt8>).sorted {
            (weights[Int($0)], $1) > (weights[Int($1)], $0)
        }
    }

    /// Counts the registers of an instruction. Adding nothing for one that it does not use is cheaper than a
    /// jump that nobody foresees.
    @inline(__always)
    mutating func count(_ instruction: DecodedInstruction, weight: UInt64) {
        let roles = UInt64(roles[Int(instruction.operation.rawValue)])
        // Minus one has all bits set.
        weights[Int(instruction.source1 & 63)] &+= weight & (0 &- (roles & 1))
        weights[Int(instruction.source2 & 63)] &+= weight & (0 &- (roles >> 1 & 1))
        weights[Int(instruction.destination & 63)] &+= weight & (0 &- (roles >> 2 & 1))
    }
}
