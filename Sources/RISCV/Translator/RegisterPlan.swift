/// Which guest registers live in host registers while a program's code runs: the ones it uses most, uses
/// in loops counting more. The others live in their slots of the context.
struct RegisterPlan: Sendable {
    /// For each guest register its host register, or `slot`.
    let homes: [32 of UInt8]

    /// What `homes` says of a register that lives in its slot.
    static let slot: UInt8 = 0xff

    /// The plan for these instructions, before any was executed: an instruction in loops is taken to be
    /// executed eight times as often for each of them.
    ///
    init(_ code: CodeImage, _ depths: LoopDepths) {
        let instructions = code.instructions.span
        var uses = RegisterUses()
        var start = 0
        for run in depths.runs {
            let weight = UInt64(1) &<< (3 * UInt64(run.depth))
            for index in start..<run.end { uses.count(instructions[index], weight: weight) }
            start = run.end
        }
        self.init(uses)
    }

    /// The plan that pins the registers with most uses.
    init(_ uses: RegisterUses) {
        var homes: [32 of UInt8] = .init(repeating: Self.slot)
        for (guest, host) in zip(uses.hottest, HostRegister.pinnable) {
            homes[Int(guest)] = host.rawValue
        }
        self.homes = homes
    }

    /// A plan that was made before.
    init(homes: [32 of UInt8]) {
        self.homes = homes
    }

    /// How much of these uses is of pinned registers, in percent.
    func coverage(of uses: RegisterUses) -> UInt64 {
        let pinned = (1..<32).reduce(UInt64(0)) {
            homes[$1] == Self.slot ? $0 : $0 + uses.weights[$1]
        }
        return pinned * 100 / max(1, uses.total)
    }

    /// Where a guest register is.
    @inline(__always)
    func place(of guest: UInt8) -> HostPlace {
        let home = homes[Int(guest & 31)]
        return home == Self.slot ? .slot(guest & 31) : .register(HostRegister(rawValue: home))
    }
}

extension DecodedInstruction {
    /// Whether the instruction is a JAL that leaves a return address.
    var isCall: Bool { operation == .jal && destination != Self.sinkRegister }

    /// Whether the instruction, a JALR, is neither a call nor a return (the link registers are those of the
    /// RISC-V Instruction Set Manual, 2.5.1).
    var isTableJump: Bool { destination == Self.sinkRegister && source1 != 1 && source1 != 5 }

    /// How many instructions a direct jump leads on, or back; nil when it leads between two.
    var jumpDistance: Int? {
        immediate & 3 == 0 ? Int(Int32(bitPattern: immediate)) / 4 : nil
    }
}

extension CodeImage {
    /// The indices of the instructions that may be executed after the one at `index`, as far as the code alone
    /// shows: the next one, and the one that a jump leads to. Calls come back where nobody shows it.
    func ways(behind index: Int) -> (next: Int?, target: Int?) {
        let instruction = instructions[index]
        let indices = 0..<instructions.count - 1
        let next = instruction.operation.mayFallThrough ? index + 1 : nil
        let isJump = instruction.operation.isDirectJump && !instruction.isCall
        let target = isJump ? instruction.jumpDistance.map { index + $0 } : nil
        return (
            next.flatMap { indices.contains($0) ? $0 : nil },
            target.flatMap { indices.contains($0) ? $0 : nil }
        )
    }
}

extension Operation {
    /// Whether the target is known from the instruction alone.
    var isDirectJump: Bool {
        switch self {
        case .jal, .beq, .bne, .blt, .bge, .bltu, .bgeu: true
        default: false
        }
    }

    /// Whether the jump may also not be taken.
    var isBranch: Bool { isDirectJump && self != .jal }

    /// Whether the instruction at the next address may be executed next without the host's help.
    var mayFallThrough: Bool { !endsBlock || isBranch }

    /// Whether the instruction is a load or a store.
    var accessesMemory: Bool {
        switch self {
        case .lb, .lbu, .lh, .lhu, .lw, .sb, .sh, .sw: true
        default: false
        }
    }

    /// Whether the instruction does nothing but write a register.
    var onlyComputes: Bool { writes && !accessesMemory && !endsBlock }

    /// Whether the first source register is read.
    var readsSource1: Bool {
        switch self {
        case .lui, .auipc, .jal, .ecall, .ebreak, .unimplemented, .illegal, .end: false
        default: true
        }
    }

    /// Whether the second source register is read.
    var readsSource2: Bool {
        switch self {
        case .beq, .bne, .blt, .bge, .bltu, .bgeu, .sb, .sh, .sw, .add, .sub, .sll, .slt, .sltu,
            .xor,
            .srl, .sra, .or, .and, .mul, .mulh, .mulhsu, .mulhu, .div, .divu, .rem, .remu:
            true
        default: false
        }
    }

    /// Whether the destination register is written.
    var writes: Bool {
        switch self {
        case .beq, .bne, .blt, .bge, .bltu, .bgeu, .sb, .sh, .sw, .ecall, .ebreak, .unimplemented,
            .illegal, .end:
            false
        default: true
        }
    }
}
