/// The call stacks that occurred, as a tree from the first function to the innermost, with the cycles
/// spent in each.
package struct CallTree: Sendable {
    /// The number of a node: an index into `nodes`. A node comes after its parent.
    package typealias NodeID = Int32

    /// A function in the context of its callers.
    package struct Node: Sendable {
        /// The caller's node; negative for a root.
        package let parent: NodeID
        /// Negative for a root.
        package let function: FunctionTable.ID
        /// The cycles of the function's own instructions in this context.
        package var cycles: UInt64 = 0
        fileprivate let depth: Int32
        // The child that was asked for last: most calls are repeated.
        fileprivate var lastFunction: FunctionTable.ID = -1
        fileprivate var lastChild: NodeID = -1
    }

    /// The root of what the program is charged for.
    static let charged: NodeID = 0

    /// The root of what it is not charged for: unconstrained blocks, forked children.
    static let uncharged: NodeID = 1

    /// Every node, the two roots first.
    package private(set) var nodes: [Node]

    /// Whether stacks deeper than the limit were put beside each other.
    package private(set) var isDepthCut = false

    /// Whether there were more stacks than the limit, whose callers are not known.
    package private(set) var isCut = false

    private var children: [UInt64: NodeID] = [:]

    init() {
        nodes = [
            Node(parent: -1, function: -1, depth: 0), Node(parent: -1, function: -1, depth: 0),
        ]
    }

    /// The node of `function` as called from `parent`.
    mutating func child(of parent: NodeID, _ function: FunctionTable.ID) -> NodeID {
        if nodes[Int(parent)].lastFunction == function { return nodes[Int(parent)].lastChild }
        let found = findChild(of: parent, function)
        nodes[Int(parent)].lastFunction = function
        nodes[Int(parent)].lastChild = found
        return found
    }

    /// The node of `function` in the place of `node`, as a jump that is no call makes it.
    mutating func sibling(of node: NodeID, _ function: FunctionTable.ID) -> NodeID {
        let parent = nodes[Int(node)].parent
        return child(of: parent < 0 ? node : parent, function)
    }

    /// Adds cycles to a node.
    mutating func add(_ cycles: UInt64, to node: NodeID) {
        // Cycles of one run: at most 2^62.
        nodes[Int(node)].cycles &+= cycles
    }

    /// The function of a node.
    func function(of node: NodeID) -> FunctionTable.ID { nodes[Int(node)].function }

    /// The root above a node.
    func root(of node: NodeID) -> NodeID {
        var node = node
        // Each step goes to a smaller number.
        while nodes[Int(node)].parent >= 0 { node = nodes[Int(node)].parent }
        return node
    }

    private mutating func findChild(of parent: NodeID, _ function: FunctionTable.ID) -> NodeID {
        var parent = parent
        if nodes[Int(parent)].depth >= RISCVLimits.callTreeDepthMax {
            isDepthCut = true
            parent = nodes[Int(parent)].parent
        }
        let key = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: function))
        if let known = children[key] { return known }
        if nodes.count >= RISCVLimits.callTreeNodeCountMax, nodes[Int(parent)].parent >= 0 {
            // There is always room below the roots, for one node each function.
            isCut = true
            return findChild(of: root(of: parent), function)
        }
        // The limits on nodes and functions are far below 2^31.
        let node = NodeID(nodes.count)
        nodes.append(Node(parent: parent, function: function, depth: nodes[Int(parent)].depth + 1))
        children[key] = node
        return node
    }
}
