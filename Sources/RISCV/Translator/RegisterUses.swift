/// How often guest registers are used.
struct RegisterUses {
    /// The weighted uses of each guest register; those of x0, and of what stands for no destination, mean
    /// nothing. Bounded: 2^22 instructions of weight 2^18 each, or the samples of a run.
    private(set) var weights: [64 of UInt64] = .init(repeating: 0)

    /// The uses of all registers but x0.
    var total: UInt64 { (1..<32).reduce(0) { $0 + weights[$1] } }

    /// The registers from the most to the least used.
    var hottest: [UInt8] {
        (1..<32 as Range<UInt8>).sorted {
            (weights[Int($0)], $1) > (weights[Int($1)], $0)
        }
    }

    /// Counts the registers of an instruction. What it does not have is x0, or the sink.
    @inline(__always)
    mutating func count(_ instruction: DecodedInstruction, weight: UInt64) {
        weights[Int(instruction.source1 & 63)] &+= weight
        weights[Int(instruction.source2 & 63)] &+= weight
        weights[Int(instruction.destination & 63)] &+= weight
    }

    /// Adds to the weight of a register.
    mutating func add(_ weight: UInt64, to register: UInt8) {
        weights[Int(register & 63)] &+= weight
    }
}
