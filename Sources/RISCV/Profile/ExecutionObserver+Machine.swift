// What the machine says about its run.
extension ExecutionObserver {
    /// Whether the block that starts here need not be taken instruction by instruction.
    @inline(__always)
    func takesWholeBlock(_ cost: CodeImage.Cost) -> Bool {
        guard trace != nil else { return true }
        return trace?.skips(step: step, cycle: charged.cycles, cost) ?? true
    }

    /// Instructions were executed one after the other from `start`; an ecall, if it was the last, is
    /// counted when it is answered.
    ///
    /// - Parameters:
    ///   - cycles: what they took, the ecall included.
    ///   - last: the last of them.
    ///   - target: where the machine is now, with this stack pointer.
    mutating func ran(
        from start: UInt32, count: UInt32, cycles: UInt64, last: DecodedInstruction,
        target: UInt32, stackPointer: UInt32
    ) {
        guard count > 0 else { return }
        let own = last.operation == .ecall ? cycles &- 1 : cycles
        let end = start &+ count &* 4
        locate(start)
        if end <= extent.end, end > start {
            tree.add(own, to: stack.node)
        } else {
            attributeOneByOne(from: start, count: count, own, endsWithCall: own != cycles)
        }
        if isCharged {
            charged.cycles &+= own
            charged.instructions &+= UInt64(count)
            blocks.ran(index(of: start), count: Int(count), of: code)
        } else {
            uncharged.cycles &+= own
            uncharged.instructions &+= UInt64(count)
        }
        follow(last, at: end &- 4, to: target, stackPointer)
    }

    /// The instruction at the pc could not be executed.
    mutating func stopped(_ instruction: DecodedInstruction?, _ state: MachineState) {
        willStep(instruction, state)
        didNotStep()
    }

    /// One instruction is about to be executed.
    mutating func willStep(_ instruction: DecodedInstruction?, _ state: MachineState) {
        guard trace?.wants(step: step, cycle: charged.cycles) == true else { return }
        locate(state.pc)
        let operands = instruction?.sourceRegisters.map {
            TracedInstruction.RegisterValue(register: $0, value: state.registers[$0])
        }
        let entry = TracedInstruction(
            step: step, cycle: charged.cycles, address: state.pc, instruction: instruction,
            function: extent.id, offset: state.pc &- extent.start, isCharged: isCharged,
            operands: operands ?? [], memory: instruction?.memoryAccess(state.registers))
        trace?.begin(entry, state.registers)
    }

    /// The instruction that was about to be executed was.
    mutating func didStep(_ state: MachineState) {
        trace?.end(state.registers)
    }

    /// The instruction that was about to be executed was not.
    mutating func didNotStep() {
        stoppedBefore = true
        trace?.abandon(isExecuted: false)
    }

    /// Instructions that belong to more than one function.
    private mutating func attributeOneByOne(
        from start: UInt32, count: UInt32, _ cycles: UInt64, endsWithCall: Bool
    ) {
        var left = cycles
        var address = start
        for _ in 0..<count - (endsWithCall ? 1 : 0) {
            locate(address)
            let cost = code.instruction(at: address).map { code.model.cycles(of: $0.operation) }
            let cycles = min(left, UInt64(cost ?? 1))
            tree.add(cycles, to: stack.node)
            left -= cycles
            address &+= 4
        }
        tree.add(left, to: stack.node)
    }

    /// Follows a jump.
    private mutating func follow(
        _ instruction: DecodedInstruction, at address: UInt32, to target: UInt32,
        _ stackPointer: UInt32
    ) {
        let effect = CallConvention.effect(of: instruction)
        guard effect != .none else { return }
        if effect != .call {
            extent = functions.extent(of: target)
            stack.goBack(to: target, stackPointer: stackPointer, function: extent.id, tree)
        }
        if effect != .goBack {
            functions.discover(target)
            extent = functions.extent(of: target)
            if isCharged { Self.count(&entryCounts, extent.id) }
            stack.call(
                extent.id, returnAddress: address &+ 4, stackPointer: stackPointer, &tree)
        }
        if tree.function(of: stack.node) != extent.id { stack.replace(with: extent.id, &tree) }
    }

    /// Makes `extent` and the innermost node those of the function at `address`.
    mutating func locate(_ address: UInt32) {
        if address >= extent.start, address < extent.end { return }
        extent = functions.extent(of: address)
        guard tree.function(of: stack.node) != extent.id else { return }
        stack.replace(with: extent.id, &tree)
        if isCharged, address == extent.start { Self.count(&entryCounts, extent.id) }
    }

    static func count(_ counts: inout [UInt64], _ function: FunctionTable.ID) {
        let index = Int(function)
        if index >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: index + 1 - counts.count))
        }
        counts[index] &+= 1
    }

    /// The index of the instruction at an address; out of range for one outside the text.
    func index(of address: UInt32) -> Int { Int((address &- code.base) >> 2) }
}
