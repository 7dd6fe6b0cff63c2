/// Watches a run: which function each cycle belongs to, on which stack of calls, and, inside a window,
/// each instruction.
///
/// The host says when it lets the machine run, what the program called and when the run is over; what a
/// call costs is what the charged cycles grew by until the machine runs again. So the cycles that are
/// counted here are those of the run, to the last one.
package struct ExecutionObserver: ~Copyable {
    /// What was executed.
    struct Total {
        var cycles: UInt64 = 0
        var instructions: UInt64 = 0
    }

    /// A call of the host that has not been answered.
    private struct PendingCall {
        let function: FunctionTable.ID
        let node: CallTree.NodeID
        let address: UInt32
        let remainingCycles: Int64
    }

    let code: CodeImage
    var functions: FunctionTable
    var tree = CallTree()
    var blocks: BlockCounts
    var trace: TraceRecorder?
    var charged = Total()
    var uncharged = Total()

    /// The instructions that the program was charged for, as the host counts them at the end.
    private(set) var instructionCount: UInt64 = 0

    /// How often each function was entered, by its number.
    var entryCounts: [UInt64] = []
    /// How often each call of the host was made while the program was not charged.
    var unchargedCallCounts: [UInt64] = []

    var stack = ShadowStack(at: CallTree.charged)
    var extent = FunctionTable.Extent(start: 0, end: 0, id: -1)
    private var pendingCall: PendingCall?
    var isCharged = true
    private var suspended: (stack: ShadowStack, call: PendingCall?)?
    var stoppedBefore = false

    /// An observer of one run of the program with this code.
    package init(code: CodeImage, symbols: ELFSymbols, trace: TraceWindow? = nil) {
        self.code = code
        functions = FunctionTable(symbols: symbols, code: code)
        blocks = BlockCounts(instructionCount: code.instructions.count - 1)
        self.trace = trace.map(TraceRecorder.init)
    }

    /// How many instructions were executed, uncharged ones included.
    var step: UInt64 { charged.instructions &+ uncharged.instructions }

    /// The instructions of the run, the one included that could not be executed.
    package var stepCount: UInt64 { step &+ (stoppedBefore ? 1 : 0) }
}

// What the host says.
extension ExecutionObserver {
    /// The host lets the machine run: it has answered the last call.
    ///
    /// - Parameters:
    ///   - cycles: what the program has been charged so far.
    ///   - isCharged: whether it pays for what it executes now.
    package mutating func willRun(cycles: UInt64, isCharged: Bool, _ state: MachineState) {
        trace?.end(state.registers)
        if isCharged != self.isCharged { change(isCharged: isCharged) }
        settle(charged: cycles, remainingCycles: state.remainingCycles)
        locate(state.pc)
    }

    /// The program called its environment.
    package mutating func called(_ name: String, _ state: MachineState) {
        let function = functions.special(name, .call)
        pendingCall = PendingCall(
            function: function, node: tree.child(of: stack.node, function), address: state.pc,
            remainingCycles: state.remainingCycles)
        trace?.note(call: name)
    }

    /// The run is over, after so many charged cycles. `failed` says that what the machine was about to
    /// do, a call that was not answered included, did not happen.
    package mutating func finish(cycles: UInt64, instructions: UInt64, failed: Bool) {
        // A call that was charged for was made, whatever became of it.
        if failed, let call = pendingCall, !isCharged || cycles == charged.cycles {
            pendingCall = nil
            takeBack(call)
        }
        if !isCharged { change(isCharged: true) }
        settle(charged: cycles, remainingCycles: 0)
        instructionCount = instructions
        trace?.abandon(isExecuted: true)
    }

    /// A call could not be answered: its instruction was not executed.
    private mutating func takeBack(_ call: PendingCall) {
        stoppedBefore = true
        trace?.abandon(isExecuted: false)
        if isCharged {
            charged.instructions &-= 1
            blocks.takeBack(index(of: call.address))
        } else {
            uncharged.instructions &-= 1
        }
    }

    private mutating func settle(charged cycles: UInt64, remainingCycles: Int64) {
        guard let call = pendingCall else { return addKernel(cycles) }
        pendingCall = nil
        // The charged cycles never fall below what was counted; a call takes its instruction's cycle
        // and what the host charges on top.
        let cost =
            isCharged
            ? cycles &- charged.cycles
            : UInt64(max(0, call.remainingCycles &- remainingCycles)) &+ 1
        tree.add(cost, to: call.node)
        if isCharged {
            charged.cycles &+= cost
            Self.count(&entryCounts, call.function)
        } else {
            uncharged.cycles &+= cost
            Self.count(&unchargedCallCounts, call.function)
        }
    }

    /// Cycles that were charged without a call: a kernel that ran before the program.
    private mutating func addKernel(_ cycles: UInt64) {
        guard isCharged, cycles > charged.cycles else { return }
        let kernel = functions.special("[kernel]", .other)
        tree.add(cycles &- charged.cycles, to: tree.child(of: CallTree.charged, kernel))
        charged.cycles = cycles
    }

    /// What the program is not charged for has a stack of its own.
    private mutating func change(isCharged: Bool) {
        if isCharged {
            // The last call of an uncharged block ends it: it takes its own cycle.
            settle(charged: 0, remainingCycles: pendingCall?.remainingCycles ?? 0)
            if let suspended { (stack, pendingCall) = suspended }
            suspended = nil
        } else {
            suspended = (stack, pendingCall)
            pendingCall = nil
            stack = ShadowStack(at: CallTree.uncharged)
        }
        self.isCharged = isCharged
        extent = FunctionTable.Extent(start: 0, end: 0, id: -1)
    }
}
