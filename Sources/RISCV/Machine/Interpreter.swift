/// The reference engine: executes decoded instructions block by block.
///
/// A block is charged when it is entered, if all of it can be paid for; an instruction that faults gives
/// back its own cost and that of the rest of the block. So no instruction pays for accounting, and every
/// exit is exact. Everything hot is a local or behind a span (STYLE.md 3.1, the shape "v2").
enum Interpreter {
    /// Runs from `state.pc` until something happens that the decoded code cannot answer.
    ///
    /// - Parameters:
    ///   - code: the instructions from address `base` on, and `.end` after the last.
    ///   - costs: what each costs, with the rest of its block.
    ///   - jumpMask: what JALR does to its target.
    static func run(
        _ state: inout MachineState, _ memory: inout GuestMemory,
        code: Span<DecodedInstruction>, costs: Span<CodeImage.Cost>, base: UInt32, jumpMask: UInt32
    ) -> CodeExit {
        let window = MemoryWindow(memory)
        let end = UInt32(truncatingIfNeeded: code.count - 1)
        var remaining = state.remainingCycles
        var count = state.instructionCount
        var index = position(state.pc &- base)
        var next: UInt32
        defer {
            state.remainingCycles = remaining
            state.instructionCount = count
        }
        guard index < end else { return .outsideCode }
        do throws(MachineFault) {
            run: while true {
                let cost = costs[Int(index)]
                guard remaining >= Int64(cost.cycles) else {
                    state.pc = base &+ index &* 4
                    return .blockOverBudget
                }
                // Not below zero, as was just checked; and 2^64 instructions take centuries.
                remaining &-= Int64(cost.cycles)
                count &+= UInt64(cost.instructionCount)

                block: while true {
                    let instruction = code[Int(index)]
                    let left = state.registers[instruction.source1]
                    let right = state.registers[instruction.source2]
                    let immediate = instruction.immediate
                    let offset = index &* 4
                    let result: UInt32
                    switch instruction.operation {
                    case .lui: result = immediate
                    case .auipc: result = base &+ offset &+ immediate
                    case .addi: result = left &+ immediate
                    case .slti: result = Arithmetic.isLess(left, immediate) ? 1 : 0
                    case .sltiu: result = left < immediate ? 1 : 0
                    case .xori: result = left ^ immediate
                    case .ori: result = left | immediate
                    case .andi: result = left & immediate
                    case .slli: result = left &<< immediate
                    case .srli: result = left &>> immediate
                    case .srai: result = Arithmetic.shiftRight(left, immediate)
                    case .add: result = left &+ right
                    case .sub: result = left &- right
                    case .sll: result = left &<< right
                    case .slt: result = Arithmetic.isLess(left, right) ? 1 : 0
                    case .sltu: result = left < right ? 1 : 0
                    case .xor: result = left ^ right
                    case .srl: result = left &>> right
                    case .sra: result = Arithmetic.shiftRight(left, right)
                    case .or: result = left | right
                    case .and: result = left & right
                    case .mul: result = left &* right
                    case .mulh: result = Arithmetic.mulh(left, right)
                    case .mulhsu: result = Arithmetic.mulhsu(left, right)
                    case .mulhu: result = Arithmetic.mulhu(left, right)
                    case .div: result = Arithmetic.div(left, right)
                    case .divu: result = Arithmetic.divu(left, right)
                    case .rem: result = Arithmetic.rem(left, right)
                    case .remu: result = Arithmetic.remu(left, right)
                    case .lw: result = try window.load(left &+ immediate, as: UInt32.self, &memory)
                    case .lh:
                        result = extended(
                            try window.load(left &+ immediate, as: Int16.self, &memory))
                    case .lb:
                        result = extended(
                            try window.load(left &+ immediate, as: Int8.self, &memory))
                    case .lhu:
                        result = UInt32(
                            try window.load(left &+ immediate, as: UInt16.self, &memory))
                    case .lbu:
                        result = UInt32(try window.load(left &+ immediate, as: UInt8.self, &memory))
                    case .sw:
                        let address = left &+ immediate
                        if try store(right, byteCount: 4, at: address, window, &memory) {
                            break run
                        }
                        index &+= 1
                        continue block
                    case .sh:
                        let address = left &+ immediate
                        if try store(right, byteCount: 2, at: address, window, &memory) {
                            break run
                        }
                        index &+= 1
                        continue block
                    case .sb:
                        let address = left &+ immediate
                        if try store(right, byteCount: 1, at: address, window, &memory) {
                            break run
                        }
                        index &+= 1
                        continue block
                    case .beq:
                        next = offset &+ (left == right ? immediate : 4)
                        break block
                    case .bne:
                        next = offset &+ (left != right ? immediate : 4)
                        break block
                    case .blt:
                        next = offset &+ (Arithmetic.isLess(left, right) ? immediate : 4)
                        break block
                    case .bge:
                        next = offset &+ (Arithmetic.isLess(left, right) ? 4 : immediate)
                        break block
                    case .bltu:
                        next = offset &+ (left < right ? immediate : 4)
                        break block
                    case .bgeu:
                        next = offset &+ (left >= right ? immediate : 4)
                        break block
                    case .jal, .jalr:
                        let isDirect = instruction.operation == .jal
                        next =
                            isDirect ? offset &+ immediate : (left &+ immediate) & jumpMask &- base
                        guard next & 3 == 0 else {
                            throw .misalignedTarget(address: base &+ next)
                        }
                        state.registers[instruction.destination] = base &+ offset &+ 4
                        break block
                    case .ecall:
                        state.pc = base &+ offset
                        return .environmentCall
                    case .end:
                        state.pc = base &+ offset
                        return .outsideCode
                    case .ebreak: throw .breakpoint
                    case .illegal: throw .illegalInstruction(word: immediate)
                    case .unimplemented: throw .unimplementedInstruction(word: immediate)
                    }
                    state.registers[instruction.destination] = result
                    index &+= 1
                }
                let target = position(next)
                guard target < end else {
                    guard next & 3 == 0 else { throw .misalignedTarget(address: base &+ next) }
                    state.pc = base &+ next
                    return .outsideCode
                }
                index = target
            }
            // A store wrote into the text: the instructions after it may have changed.
            index &+= 1
            refund(costs[Int(index)], &remaining, &count)
            state.pc = base &+ index &* 4
            return .textWritten
        } catch {
            // The instruction at `index` did not happen, nor did the rest of its block.
            refund(costs[Int(index)], &remaining, &count)
            state.pc = base &+ index &* 4
            return .fault(error)
        }
    }

    /// Takes back what was charged for the part of a block that did not run.
    private static func refund(
        _ cost: CodeImage.Cost, _ remaining: inout Int64, _ count: inout UInt64
    ) {
        // Exactly this was subtracted and added when the block was entered.
        remaining &+= Int64(cost.cycles)
        count &-= UInt64(cost.instructionCount)
    }

    /// The index of the instruction at a distance from `base`. Rotating by two gives distance / 4 for a
    /// multiple of 4 and at least 2^30 for anything else, so that one comparison finds targets that are
    /// too far and targets that are misaligned.
    @inline(__always)
    private static func position(_ distance: UInt32) -> UInt32 {
        distance &>> 2 | distance &<< 30
    }

    /// A loaded value in 32 bits, filled with its sign.
    @inline(__always)
    private static func extended(_ value: some FixedWidthInteger) -> UInt32 {
        UInt32(truncatingIfNeeded: value)
    }

    /// Executes SB, SH or SW. True when it wrote into the text.
    @inline(__always)
    private static func store(
        _ value: UInt32, byteCount: UInt32, at address: UInt32, _ window: MemoryWindow,
        _ memory: inout GuestMemory
    ) throws(MachineFault) -> Bool {
        guard address & (byteCount - 1) == 0 else { throw .misalignedStore(address: address) }
        var isText = false
        if !window.isOpen(address) {
            isText = try admit(address, byteCount: byteCount, &memory)
        }
        switch byteCount {
        case 4: window.store(value, at: address)
        case 2: window.store(UInt16(truncatingIfNeeded: value), at: address)
        default: window.store(UInt8(truncatingIfNeeded: value), at: address)
        }
        return isText
    }

    /// The slow half of a store. True when the address is text.
    @inline(never)
    private static func admit(
        _ address: UInt32, byteCount: UInt32, _ memory: inout GuestMemory
    ) throws(MachineFault) -> Bool {
        switch memory.admitStore(address, byteCount: byteCount) {
        case .allowed: return false
        case .allowedIntoText: return true
        case .outside: throw .storeOutside(address: address)
        case .capReached: throw .memoryCapReached(byteCount: memory.byteCountMax)
        case .hostRefused: throw .hostRefused
        }
    }
}
