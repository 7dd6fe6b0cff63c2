extension CallTree {
    /// The cycles of a tree, added up.
    struct Sums {
        /// By node: with everything below.
        private(set) var inclusiveByNode: [UInt64]
        /// By function: charged cycles of its own, and with what it called.
        private(set) var own: [UInt64]
        private(set) var inclusive: [UInt64]
        /// By function: cycles of its own that were not charged.
        private(set) var uncharged: [UInt64]

        /// O(nodes × depth), which is at most `RISCVLimits.callTreeDepthMax`.
        init(_ tree: CallTree, functionCount: Int) {
            own = [UInt64](repeating: 0, count: functionCount)
            inclusive = own
            uncharged = own
            inclusiveByNode = tree.nodes.map(\.cycles)
            for index in tree.nodes.indices.reversed() where tree.nodes[index].parent >= 0 {
                inclusiveByNode[Int(tree.nodes[index].parent)] += inclusiveByNode[index]
            }
            for (index, node) in tree.nodes.enumerated() where node.function >= 0 {
                add(NodeID(index), node, tree)
            }
        }

        private mutating func add(_ id: NodeID, _ node: Node, _ tree: CallTree) {
            let function = Int(node.function)
            guard tree.root(of: id) == CallTree.charged else {
                uncharged[function] += node.cycles
                return
            }
            own[function] += node.cycles
            // A function that is on the stack already has these cycles from there.
            var above = node.parent
            while above >= 0, tree.nodes[Int(above)].function != node.function {
                above = tree.nodes[Int(above)].parent
            }
            if above < 0 { inclusive[function] += inclusiveByNode[Int(id)] }
        }
    }
}
