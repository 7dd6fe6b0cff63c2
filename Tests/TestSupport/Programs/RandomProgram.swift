/// Writes random programs that always end: straight code, branches, loops inside loops, calls, recursion,
/// jumps through tables and into the middle of blocks, copying loops, loads and stores of all widths.
///
/// Registers: 2 is the stack, 31 points into the data, 30, 28 and 27 count loops, 29 holds addresses of
/// code and 26 the depth of a recursion. All others are free, x0 as a destination included.
public struct RandomProgram {
    /// What a program is made of.
    public struct Shape: Sendable {
        /// About how many instructions the main part has.
        public var instructionCount = 400

        /// How many functions there are besides.
        public var functionCount: UInt32 = 3

        /// Where the text starts.
        public var start = ELFBuilder.textStart

        /// Whether the main part stands behind the functions.
        public var entersLast = false

        /// Where loads and stores go; it holds the stack, too. Across the border of two units of memory.
        public var data: Range<UInt32> = 0x0030_f800..<0x0031_0800

        /// Whether there are environment calls in the midst of blocks.
        public var callsHost = false

        /// Whether there are stores into the text. They replace arithmetic by arithmetic.
        public var writesText = false
        /// Branches lead where a jump behind the next instruction leads, forward and back to loops.
        public var hasChoices = false
        /// The stack pointer is moved by what is in registers and in memory, and comes back, sometimes to
        /// where it is no multiple of 4. Then few accesses by way of it fail, and end the program.
        public var movesStack = false

        public var ending = Ending.breakpoint

        public init() {}
    }

    static let stackByteCount: UInt32 = 512
    static let stack: UInt32 = 2
    static let base: UInt32 = 31
    static let counters: [UInt32] = [30, 28, 27]
    static let code: UInt32 = 29
    static let depth: UInt32 = 26

    let shape: Shape
    let arithmetic: RandomArithmetic
    var random: SeededRandom
    var writer: CodeWriter
    var functions: [CodeWriter.Label] = []
    /// Labels whose addresses stand in the data, behind `shape.data`.
    var table: [CodeWriter.Label] = []
    /// Arithmetic that stores into the text may replace.
    var placeholders: [CodeWriter.Label] = []
    private let name: String

    public init(seed: UInt64, shape: Shape = Shape()) {
        self.shape = shape
        random = SeededRandom(seed: seed)
        writer = CodeWriter(start: shape.start)
        name = "random program \(seed)"
        let free = [0, 1] + Array(3..<26 as Range<UInt32>)
        arithmetic = RandomArithmetic(destinations: free, sources: Array(0..<32))
    }

    /// Where the table of code addresses is: behind what the ending needs.
    var tableAddress: UInt32 { shape.data.upperBound + UInt32(Ending.dataByteCount) }

    /// The program.
    public consuming func program() -> TestProgram {
        functions = (0..<shape.functionCount).map { _ in writer.label() }
        let entry = writer.label()
        if shape.entersLast {
            writeFunctions()
            writeMain(entry)
        } else {
            writeMain(entry)
            writeFunctions()
        }
        let tableBytes = table.flatMap { label in
            let address = writer.address(of: label)
            return (0..<4).map { UInt8(address >> ($0 * 8) & 0xff) }
        }
        var program = TestProgram(name: name, start: shape.start, text: [])
        program.entry = writer.address(of: entry)
        program.text = writer.finish()
        let area = random.bytes(shape.data.count)
        let bytes = area + shape.ending.data + tableBytes
        program.data = [TestProgram.Data(address: shape.data.lowerBound, bytes: bytes)]
        return program
    }

    private mutating func writeMain(_ entry: CodeWriter.Label) {
        writer.place(entry)
        let top = shape.data.lowerBound + Self.stackByteCount
        writer.append(Assembler.li(Self.stack, top))
        writer.append(Assembler.li(Self.base, top + 0x400))
        for register in arithmetic.destinations.dropFirst() {
            writer.append(Assembler.li(register, random.operand()))
        }
        let end = writer.words.count + shape.instructionCount
        while writer.words.count < end { statement(level: 0, callable: functions[...]) }
        shape.ending.write(&writer, data: shape.data)
    }

    /// Functions call only those behind them, and themselves a bounded number of times.
    private mutating func writeFunctions() {
        for (index, label) in functions.enumerated() {
            writer.place(label)
            let isRecursive = random.isOne(in: 3)
            writer.append(Assembler.addi(Self.stack, Self.stack, -16))
            writer.append(Assembler.store(2, 1, 12, Self.stack))
            writer.append(Assembler.store(2, Self.counters[0], 8, Self.stack))
            writer.append(Assembler.store(2, Self.depth, 4, Self.stack))
            for _ in 0...random.number(4) {
                statement(level: 1, callable: functions[(index + 1)...])
            }
            if isRecursive { recurse(label) }
            writer.append(Assembler.load(2, 1, 12, Self.stack))
            writer.append(Assembler.load(2, Self.counters[0], 8, Self.stack))
            writer.append(Assembler.addi(Self.stack, Self.stack, 16))
            writer.append(Assembler.jalr(0, 1, 0))
        }
    }

    private mutating func recurse(_ label: CodeWriter.Label) {
        let skip = writer.label()
        // What was called meanwhile has set it anew.
        writer.append(Assembler.load(2, Self.depth, 4, Self.stack))
        writer.append(Assembler.addi(Self.depth, Self.depth, -1))
        writer.branch(5, 0, Self.depth, to: skip)
        writer.jal(1, to: label)
        writer.place(skip)
    }
}
