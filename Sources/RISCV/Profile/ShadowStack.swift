/// The calls that have not come back yet, kept by watching jumps.
///
/// Guests may do what they like with return addresses. A return that does not match the last call is
/// looked for among those whose stack pointer fits; failing that (longjmp, a stack that was changed) the
/// frames that lie below the stack pointer are dead, and the jump is taken as it is. Every cycle is
/// counted for the function whose instructions take it, whatever the stack says.
struct ShadowStack {
    private struct Frame {
        let returnAddress: UInt32
        /// At the call.
        let stackPointer: UInt32
        /// The caller.
        let node: CallTree.NodeID
    }

    /// Where in the tree the program is.
    private(set) var node: CallTree.NodeID
    private var frames: [Frame] = []

    /// Calls beyond the limit, of which only the number is known.
    private var uncountedDepth: UInt64 = 0

    init(at node: CallTree.NodeID) {
        self.node = node
    }

    /// Puts another function in the place of the innermost one: a jump that is no call.
    mutating func replace(with function: FunctionTable.ID, _ tree: inout CallTree) {
        node = tree.sibling(of: node, function)
    }

    /// Enters `function`, to come back to `returnAddress`.
    mutating func call(
        _ function: FunctionTable.ID, returnAddress: UInt32, stackPointer: UInt32,
        _ tree: inout CallTree
    ) {
        if frames.count < RISCVLimits.shadowFrameCountMax {
            frames.append(
                Frame(returnAddress: returnAddress, stackPointer: stackPointer, node: node))
        } else {
            // At most one for each cycle.
            uncountedDepth &+= 1
        }
        node = tree.child(of: node, function)
    }

    /// Goes back to `target`, in function `function`.
    mutating func goBack(
        to target: UInt32, stackPointer: UInt32, function: FunctionTable.ID, _ tree: CallTree
    ) {
        guard uncountedDepth == 0 else {
            uncountedDepth &-= 1
            return
        }
        if let last = frames.last, last.returnAddress == target, last.stackPointer >= stackPointer {
            node = last.node
            frames.removeLast()
            return
        }
        while let last = frames.last, last.stackPointer < stackPointer {
            node = last.node
            frames.removeLast()
        }
        guard let index = match(target, stackPointer, function, tree) else { return }
        node = frames[index].node
        frames.removeSubrange(index...)
    }

    /// The innermost frame that a jump to `target` can be the way back from: the one that noted the
    /// address, or whose caller is the function, with the stack as it was.
    private func match(
        _ target: UInt32, _ stackPointer: UInt32, _ function: FunctionTable.ID, _ tree: CallTree
    ) -> Int? {
        let lowest = max(0, frames.count - RISCVLimits.shadowScanCountMax)
        var callerIndex: Int?
        for index in (lowest..<frames.count).reversed() {
            let frame = frames[index]
            guard frame.stackPointer == stackPointer else { break }
            if frame.returnAddress == target { return index }
            if callerIndex == nil, tree.function(of: frame.node) == function { callerIndex = index }
        }
        return callerIndex
    }
}
