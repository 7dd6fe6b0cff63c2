import RISCV

/// RV32IM as the manual has it, under the rules of either ABI: one instruction at a time, fetched from
/// memory and taken apart anew each time, with the limit looked at before each. It shares nothing with
/// the engines but the names of the exits; slow, and short enough to be checked by reading.
///
/// Sources: The RISC-V Instruction Set Manual, volume I, chapters 2 and "M"; reference/zkvm.md 1.3, 1.8,
/// 2.2 and 2.7.
final class SpecificationMachine: ComparedMachine {
    let engineName = "specification"
    var pc: UInt32
    var remainingCycles: Int64 = 0
    var instructionCount: UInt64 = 0
    private(set) var registers = [UInt32](repeating: 0, count: 32)

    /// Where the last instructions stored, since this was last emptied.
    var stores: [(address: UInt32, byteCount: UInt32)] = []

    let setup: MachineSetup
    private let text: Range<UInt32>
    private var fixedText: [UInt32] = []
    private var pages: [UInt32: [UInt8]] = [:]
    private var touchedUnits: Set<UInt32> = []
    private var snapshot: (pages: [UInt32: [UInt8]], touchedUnits: Set<UInt32>)?

    private static let zeros = [UInt8](repeating: 0, count: 4096)

    /// What memory is counted in.
    static let unitShift = UInt32(RISCVLimits.unitShift)

    init(_ loaded: LoadedProgram) {
        setup = loaded.setup
        pc = loaded.image.entry
        text = loaded.image.text
        for index in loaded.registers.indices where index > 0 {
            registers[index] = loaded.registers[index]
        }
        for chunk in loaded.image.chunks { copy([UInt8](chunk.bytes), to: chunk.address) }
        guard setup.rules.textIsFixed else { return }
        var address = text.lowerBound
        while address < text.upperBound {
            fixedText.append(get(address, 4))
            address += 4
        }
    }

    private func copy(_ bytes: [UInt8], to address: UInt32) {
        var index = 0
        while index < bytes.count {
            let next = address + UInt32(index)
            let offset = Int(next & 0xfff)
            let count = min(4096 - offset, bytes.count - index)
            touchedUnits.insert(next >> Self.unitShift)
            pages[next >> 12, default: Self.zeros].replaceSubrange(
                offset..<offset + count, with: bytes[index..<index + count])
            index += count
        }
    }

    var touchedByteCount: Int { touchedUnits.count << Self.unitShift }

    let doubtfulByteCount = 0

    func setRegister(_ index: UInt8, _ value: UInt32) {
        if index != 0 { registers[Int(index)] = value }
    }

    func run() -> MachineExit {
        while remainingCycles > 0 {
            let word: UInt32
            if setup.rules.textIsFixed {
                guard text.contains(pc) else { return .fault(.fetchOutside) }
                word = fixedText[Int(pc - text.lowerBound) / 4]
            } else {
                guard isData(pc, 4) else { return .fault(.fetchOutside) }
                word = get(pc, 4)
            }
            do throws(MachineFault) {
                if word == 0x73 {
                    charge(word)
                    return .environmentCall
                }
                let next = try execute(word)
                charge(word)
                pc = next
            } catch { return .fault(error) }
        }
        return .cycleLimit
    }

    /// RISC Zero charges two cycles for XOR, OR, AND, the right shifts and the divisions.
    private func charge(_ word: UInt32) {
        let function3 = word >> 12 & 7
        let isM = word & 0x7f == 0x33 && word >> 25 == 1
        let isArithmetic = word & 0x7f == 0x33 || word & 0x7f == 0x13
        let isDear = isArithmetic && (isM ? function3 >= 4 : [4, 5, 6, 7].contains(function3))
        remainingCycles -= setup.model == .riscZero && isDear ? 2 : 1
        instructionCount += 1
    }

    private func isData(_ address: UInt32, _ byteCount: UInt32) -> Bool {
        UInt64(address) >= UInt64(setup.rules.dataLow)
            && UInt64(address) + UInt64(byteCount) <= UInt64(setup.rules.dataHigh)
    }

    func load(_ address: UInt32, _ byteCount: UInt32) throws(MachineFault) -> UInt32 {
        guard address % byteCount == 0 else { throw .misalignedLoad(address: address) }
        guard isData(address, byteCount) else { throw .loadOutside(address: address) }
        return get(address, byteCount)
    }

    func store(
        _ value: UInt32, _ address: UInt32, _ byteCount: UInt32
    ) throws(MachineFault) {
        guard address % byteCount == 0 else { throw .misalignedStore(address: address) }
        guard isData(address, byteCount) else { throw .storeOutside(address: address) }
        let isNew = !touchedUnits.contains(address >> Self.unitShift)
        guard !isNew || touchedByteCount + 1 << Self.unitShift <= setup.memoryByteCountMax else {
            throw .memoryCapReached(byteCount: setup.memoryByteCountMax)
        }
        put(value, address, byteCount)
        stores.append((address, byteCount))
    }

    private func get(_ address: UInt32, _ byteCount: UInt32) -> UInt32 {
        guard let page = pages[address >> 12] else { return 0 }
        let offset = Int(address & 0xfff)
        var value: UInt32 = 0
        var index = 0
        while index < Int(byteCount) {
            value |= UInt32(page[offset + index]) << UInt32(index * 8)
            index += 1
        }
        return value
    }

    private func put(_ value: UInt32, _ address: UInt32, _ byteCount: UInt32) {
        touchedUnits.insert(address >> Self.unitShift)
        for index in 0..<byteCount {
            pages[address >> 12, default: Self.zeros][Int((address + index) & 0xfff)] =
                UInt8(truncatingIfNeeded: value >> (index * 8))
        }
    }

    func bytes(_ address: UInt32, _ byteCount: Int) -> [UInt8]? {
        guard byteCount == 0 || isData(address, UInt32(byteCount)) else { return nil }
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            let next = address + UInt32(bytes.count)
            let offset = Int(next & 0xfff)
            let page = pages[next >> 12] ?? Self.zeros
            bytes += page[offset..<min(4096, offset + byteCount - bytes.count)]
        }
        return bytes
    }

    func write(_ address: UInt32, _ bytes: [UInt8]) -> Bool {
        guard isData(address, UInt32(bytes.count)) else { return false }
        copy(bytes, to: address)
        return true
    }

    func takeOrRestoreSnapshot() {
        if let before = snapshot {
            (pages, touchedUnits) = before
            snapshot = nil
        } else {
            snapshot = (pages, touchedUnits)
        }
    }
}
