import RISCV
import TestSupport

/// Every way in which an instruction can fail, and those in which it just does not.
struct TrapCatalogue {
    /// An instruction and the value that it needs in x5.
    struct Entry {
        let name: String
        let word: UInt32
        var base: UInt32 = 0
    }

    let rules: ELFRules

    var entries: [Entry] { words + misaligned + borders + jumps }

    private static let data: UInt32 = 0x0030_0000

    private var words: [Entry] {
        var entries = [
            Entry(name: "ecall", word: Assembler.ecall),
            Entry(name: "ebreak", word: Assembler.ebreak),
            Entry(name: "fence", word: 0x0ff0_000f), Entry(name: "fence.i", word: 0x0000_100f),
            Entry(name: "csrrs", word: 0xc000_2573), Entry(name: "wfi", word: 0x1050_0073),
        ]
        guard !rules.textIsFixed else { return entries }
        entries += [
            0, 0xffff_ffff, 0x0000_4013, 0x8000_1013, 0x0400_0033, 0x0000_b003, 0x0000_3023,
        ]
        .map { Entry(name: "illegal", word: $0) }
        return entries
    }

    /// All widths at all addresses modulo 4, destinations x0, x5 and another.
    private var misaligned: [Entry] {
        var entries: [Entry] = []
        for offset in 0..<4 as Range<Int32> {
            for (width, rd) in [(1, 0), (2, 5), (5, 6), (2, 0), (1, 5)] as [(UInt32, UInt32)] {
                let word = Assembler.load(width, rd, offset, 5)
                entries.append(Entry(name: "load +\(offset)", word: word, base: Self.data))
            }
            for width in 1..<3 as Range<UInt32> {
                let word = Assembler.store(width, 20, offset, 5)
                entries.append(Entry(name: "store +\(offset)", word: word, base: Self.data))
            }
        }
        return entries
    }

    /// The last addresses inside and the first outside, reached from either side and around zero.
    private var borders: [Entry] {
        let (low, high) = (rules.dataLow, rules.dataHigh)
        let addresses = [
            0, 4, low - 4, low - 1, low, low + 1, high - 8, high - 4, high - 2, high - 1, high,
            high + 1, high + 4, 0x7fff_fffc, 0x8000_0000, 0xffff_fffc, 0xffff_ffff,
        ]
        var entries: [Entry] = []
        for (index, address) in addresses.enumerated() {
            let offset = [0, 2047, -2048, 4, -4][index % 5] as Int32
            let base = address &- UInt32(bitPattern: offset)
            for width in [0, 1, 2, 4, 5] as [UInt32] {
                let load = Assembler.load(width, width == 2 ? 5 : 6, offset, 5)
                entries.append(Entry(name: "load \(hex(address))", word: load, base: base))
                guard width < 3 else { continue }
                let store = Assembler.store(width, 20, offset, 5)
                entries.append(Entry(name: "store \(hex(address))", word: store, base: base))
            }
        }
        return entries
    }

    /// To odd, misaligned and outside targets. The link register must stay where there is a fault.
    private var jumps: [Entry] {
        let start = ELFBuilder.textStart
        var entries: [Entry] = []
        for offset in [2, 6, -2, -4096, 2048, 0xf_fffe] as [Int32] {
            entries.append(Entry(name: "jal \(offset)", word: Assembler.jal(6, offset)))
            guard (-4096..<4096).contains(offset) else { continue }
            let taken = Assembler.branch(5, 5, 0, offset)
            entries.append(Entry(name: "branch \(offset)", word: taken))
            let passed = Assembler.branch(1, 5, 0, offset)
            entries.append(Entry(name: "branch not taken", word: passed))
        }
        let targets = [
            0, 1, 2, start - 4, start + 1, start + 2, start + 3, start + 401, start + 4096,
            Self.data, Self.data + 1, 0x7fff_fffc, 0x8000_0000, 0xffff_fffc, 0xffff_fffd,
        ]
        for (index, target) in targets.enumerated() {
            let offset = [0, -1, 1, 2047, -2048][index % 5] as Int32
            let base = target &- UInt32(bitPattern: offset)
            for link in [0, 1, 5] as [UInt32] {
                let word = Assembler.jalr(link, 5, offset)
                entries.append(Entry(name: "jalr \(hex(target))", word: word, base: base))
            }
        }
        return entries
    }
}

extension TrapCatalogue {
    /// How the block with the trap is reached.
    enum Way: CaseIterable {
        /// It is the first.
        case entry
        /// By a branch back: twice around, the trap at the end of the second round.
        case loop
        /// By a jump into its middle.
        case middle
    }

    /// A program with `position` instructions in front of the trap in its block, and some behind.
    func program(_ entry: Entry, position: Int, way: Way) -> TestProgram {
        var text: [UInt32] = []
        switch way {
        case .entry: text += Self.filling(position)
        case .loop:
            text += Self.filling(position)
            text += [Assembler.addi(7, 7, -1), Assembler.branch(1, 7, 0, -Int32(position + 1) * 4)]
            text += Self.filling(position)
        case .middle:
            // x8 is the address of the fourth word.
            text = [Assembler.addi(8, 8, 12), Assembler.jalr(0, 8, 0), 0x0000_0013]
            text += Self.filling(position)
        }
        text.append(entry.word)
        text += Self.filling(3) + [Assembler.ebreak]
        var program = TestProgram(name: "\(entry.name) at \(position), \(way)", text: text)
        program.registers = (0..<32).map { 0x0101_0101 &* $0 }
        program.registers[5] = entry.base
        program.registers[7] = 2
        program.registers[8] = program.start
        program.registers[9] = Self.data
        program.data = [.init(address: Self.data, bytes: [UInt8](repeating: 0x8f, count: 256))]
        return program
    }

    /// Instructions of both costs whose effects are all seen: each changes another register or memory.
    private static func filling(_ count: Int) -> [UInt32] {
        let words = [
            Assembler.addi(20, 20, 1), Assembler.immediate(0x13, 4, 21, 21, 0x55),
            Assembler.store(2, 20, 8, 9), Assembler.register(1, 4, 22, 21, 20),
            Assembler.load(4, 23, 9, 9), Assembler.register(0, 0, 20, 20, 21),
        ]
        return (0..<count).map { words[$0 % words.count] }
    }
}
