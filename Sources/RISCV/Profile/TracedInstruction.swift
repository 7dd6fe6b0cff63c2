/// One instruction of a trace.
package struct TracedInstruction: Sendable {
    /// A register and what it holds.
    package struct RegisterValue: Hashable, Sendable {
        package let register: UInt8
        package let value: UInt32
    }

    /// A load or a store.
    package struct MemoryAccess: Hashable, Sendable {
        package let isStore: Bool
        package let address: UInt32
        package let byteCount: UInt8
        /// What was loaded, in 32 bits, or stored; nil when nothing was.
        package var value: UInt32?
    }

    /// How many instructions were executed before it, uncharged ones included.
    package let step: UInt64

    /// The charged cycles before it.
    package let cycle: UInt64

    /// Where it stands.
    package let address: UInt32

    /// Nil where there is nothing to fetch.
    package let instruction: DecodedInstruction?

    /// Its function, and how far into it.
    package let function: FunctionTable.ID
    package let offset: UInt32

    /// Whether the program pays for it.
    package let isCharged: Bool

    /// False for the instruction that the program could not execute, always the last.
    package internal(set) var isExecuted = true

    /// What it reads.
    package let operands: [RegisterValue]

    /// What it wrote to its destination, and what the host that it called changed.
    package internal(set) var changes: [RegisterValue] = []

    package internal(set) var memory: MemoryAccess?

    /// The name of what it called of the host.
    package internal(set) var call: String?
}

extension DecodedInstruction {
    /// The registers that it reads, x0 apart.
    var sourceRegisters: [UInt8] {
        let sources: [UInt8] =
            switch operation {
            case .lui, .auipc, .jal, .ecall, .ebreak, .unimplemented, .illegal, .end: []
            case .beq, .bne, .blt, .bge, .bltu, .bgeu, .sb, .sh, .sw, .add, .sub, .sll, .slt, .sltu,
                .xor, .srl, .sra, .or, .and, .mul, .mulh, .mulhsu, .mulhu, .div, .divu, .rem, .remu:
                source1 == source2 ? [source1] : [source1, source2]
            default: [source1]
            }
        return sources.filter { $0 != 0 }
    }

    /// What it does to memory, given the registers before it.
    func memoryAccess(_ registers: RegisterFile) -> TracedInstruction.MemoryAccess? {
        let address = registers[source1] &+ immediate
        let value = registers[source2]
        return switch operation {
        case .lb, .lbu: .init(isStore: false, address: address, byteCount: 1)
        case .lh, .lhu: .init(isStore: false, address: address, byteCount: 2)
        case .lw: .init(isStore: false, address: address, byteCount: 4)
        case .sb: .init(isStore: true, address: address, byteCount: 1, value: value & 0xff)
        case .sh: .init(isStore: true, address: address, byteCount: 2, value: value & 0xffff)
        case .sw: .init(isStore: true, address: address, byteCount: 4, value: value)
        default: nil
        }
    }
}
