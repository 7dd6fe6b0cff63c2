/// What a run was seen to do: how often which ways between blocks were gone, and which registers were used.
/// The numbers are weights: all paths that were seen took as much time, however many instructions each has.
struct RunPicture {
    /// A way between blocks, by their numbers.
    struct Way: Hashable {
        let from: Int32
        /// `computed` behind a jump whose target is.
        let to: Int32

        static let computed: Int32 = -1
    }

    /// What all instructions of one path weigh together.
    static let pathWeight: UInt64 = 1 << 16

    private(set) var ways: [Way: UInt64] = [:]
    private(set) var uses = RegisterUses()
    /// How many paths were seen.
    private(set) var pathCount = 0

    /// What all instructions of all paths weigh.
    var weight: UInt64 { UInt64(pathCount) * Self.pathWeight }

    /// Adds a path. It is seen the more often the more it costs; its instructions are not executed more often
    /// for that.
    mutating func add(_ path: RunPath, _ code: CodeImage, _ marks: [UInt8]) {
        pathCount += 1
        let weight = Self.pathWeight / UInt64(max(1, path.instructionCount))
        for way in path.ways { ways[way, default: 0] += weight }
        for run in path.runs {
            for index in run {
                uses.countCosts(of: index, code, mark: marks[index], weight: weight)
            }
        }
    }
}
