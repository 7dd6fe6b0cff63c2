/// Writes the text of a program. Labels may be used before they are placed.
public struct CodeWriter {
    /// A place in the text.
    public struct Label: Hashable, Sendable {
        fileprivate let index: Int
    }

    private enum Form {
        case branch(function3: UInt32, rs1: UInt32, rs2: UInt32)
        case jal(rd: UInt32)
        /// AUIPC here and in the next word an I-format instruction that takes the low part.
        case pair(register: UInt32, second: UInt32)
    }

    private struct Fixup {
        let position: Int
        let form: Form
        let target: Label
        let distance: UInt32
    }

    /// The address of the first word.
    public let start: UInt32

    /// The words so far. Those that name a label are zero until `finish`.
    public private(set) var words: [UInt32] = []

    private var places: [Int?] = []
    private var fixups: [Fixup] = []

    public init(start: UInt32 = ELFBuilder.textStart) {
        self.start = start
    }

    /// A label that stands nowhere yet.
    public mutating func label() -> Label {
        places.append(nil)
        return Label(index: places.count - 1)
    }

    /// Puts a label in front of the next word.
    public mutating func place(_ label: Label) { places[label.index] = words.count }

    /// A label in front of the next word.
    public mutating func here() -> Label {
        let label = label()
        place(label)
        return label
    }

    /// The address of a label that has been placed.
    public func address(of label: Label) -> UInt32 {
        start &+ UInt32(places[label.index] ?? 0) * 4
    }

    public mutating func append(_ word: UInt32) { words.append(word) }

    public mutating func append(_ more: [UInt32]) { words += more }

    /// A conditional branch; `function3` as in the B format.
    public mutating func branch(
        _ function3: UInt32, _ rs1: UInt32, _ rs2: UInt32, to target: Label
    ) {
        fix(.branch(function3: function3, rs1: rs1, rs2: rs2), target)
    }

    /// JAL.
    public mutating func jal(_ rd: UInt32, to target: Label) { fix(.jal(rd: rd), target) }

    /// AUIPC and ADDI: the address of a label, or one at a distance from it.
    public mutating func address(_ rd: UInt32, of target: Label, distance: UInt32 = 0) {
        let second = Assembler.addi(rd, rd, 0)
        fix(.pair(register: rd, second: second), target, distance)
        words.append(0)
    }

    /// AUIPC and JALR: a jump to a label, or to a distance from it, over any distance.
    public mutating func farJump(
        _ rd: UInt32, through register: UInt32, to target: Label, distance: UInt32 = 0
    ) {
        let second = Assembler.jalr(rd, register, 0)
        fix(.pair(register: register, second: second), target, distance)
        words.append(0)
    }

    private mutating func fix(_ form: Form, _ target: Label, _ distance: UInt32 = 0) {
        fixups.append(
            Fixup(position: words.count, form: form, target: target, distance: distance))
        words.append(0)
    }

    /// The words with every label resolved. All labels in use have been placed.
    public consuming func finish() -> [UInt32] {
        var words = words
        for fixup in fixups {
            precondition(places[fixup.target.index] != nil, "a label was never placed")
            let here = start &+ UInt32(fixup.position) * 4
            let offset = Int32(bitPattern: address(of: fixup.target) &+ fixup.distance &- here)
            switch fixup.form {
            case .branch(let function3, let rs1, let rs2):
                precondition((-4096..<4096).contains(offset), "a branch over \(offset) bytes")
                words[fixup.position] = Assembler.branch(function3, rs1, rs2, offset)
            case .jal(let rd): words[fixup.position] = Assembler.jal(rd, offset)
            case .pair(let register, let second):
                let low = (offset << 20) >> 20
                let high = UInt32(bitPattern: offset &- low) >> 12
                words[fixup.position] = Assembler.auipc(register, high)
                words[fixup.position + 1] = second | UInt32(bitPattern: low) << 20
            }
        }
        return words
    }
}
