/// Which function each address of the text belongs to, and names for what is no function: calls of the
/// host, and code outside the text.
///
/// Symbols say where functions start; where there are none, the targets of calls do, those in the text
/// first and others as they are called.
package struct FunctionTable: Sendable {
    /// The number of a function: an index into `functions`.
    package typealias ID = Int32

    /// What has a line of its own in a profile.
    package enum Kind: Sendable, Hashable {
        /// Code in the program's text.
        case code(address: UInt32, hasSymbol: Bool)
        /// What the host does when the program calls it.
        case call
        /// Code that is not in the text, or that stands for code that is not told apart.
        case other
    }

    /// One of them.
    package struct Function: Sendable {
        package let kind: Kind
        /// The name as it stands in the ELF.
        package let name: String
    }

    /// Part of the text that belongs to one function.
    struct Extent: Sendable {
        let start: UInt32
        var end: UInt32
        let id: ID
    }

    /// Every function seen so far, by its number.
    package private(set) var functions: [Function] = []

    /// Disjoint, ascending.
    private var extents: [Extent] = []
    private var specials: [String: ID] = [:]
    private var unnamedCount = 0
    private let text: Range<UInt32>

    /// The functions of a text.
    init(symbols: ELFSymbols, code: CodeImage) {
        text = code.base..<code.base + code.byteCount
        addNamed(symbols.symbols.filter { text.contains($0.address) && $0.address & 3 == 0 })
        for target in Self.callTargets(code) { discover(target) }
    }

    /// The function of an address, and the addresses around it that belong to the same one.
    mutating func extent(of address: UInt32) -> Extent {
        guard text.contains(address) else {
            return Extent(
                start: address, end: address &+ 4, id: special("[outside the text]", .other))
        }
        let next = firstExtent(after: address)
        if next > 0, address < extents[next - 1].end { return extents[next - 1] }
        // Nothing has a symbol here: from the end of one function to the start of the next.
        let start = next > 0 ? extents[next - 1].end : text.lowerBound
        let end = next < extents.count ? extents[next].start : text.upperBound
        return addUnnamed(start..<end, at: next)
    }

    /// The extent of an address that was executed; nil for any other.
    func place(of address: UInt32) -> Extent? {
        let next = firstExtent(after: address)
        guard next > 0, address < extents[next - 1].end else { return nil }
        return extents[next - 1]
    }

    /// Notes that a call went to `target`: a function starts there unless a symbol says otherwise.
    mutating func discover(_ target: UInt32) {
        guard text.contains(target), target & 3 == 0 else { return }
        let around = extent(of: target)
        guard around.start != target, case .code(_, false) = functions[Int(around.id)].kind,
            unnamedCount < RISCVLimits.unnamedFunctionCountMax
        else { return }
        let index = firstExtent(after: target)
        extents[index - 1].end = target
        _ = addUnnamed(target..<around.end, at: index)
    }

    /// The number of something that is no function of the text.
    mutating func special(_ name: String, _ kind: Kind) -> ID {
        if let id = specials[name] { return id }
        let id = add(Function(kind: kind, name: name))
        specials[name] = id
        return id
    }

    private mutating func add(_ function: Function) -> ID {
        functions.append(function)
        // One for each symbol, unnamed function and kind of call: far below 2^31.
        return ID(functions.count - 1)
    }

    private mutating func addUnnamed(_ range: Range<UInt32>, at index: Int) -> Extent {
        let id: ID
        if unnamedCount < RISCVLimits.unnamedFunctionCountMax {
            unnamedCount += 1
            let kind = Kind.code(address: range.lowerBound, hasSymbol: false)
            id = add(Function(kind: kind, name: HexText.word(range.lowerBound)))
        } else {
            id = special("[other code]", .other)
        }
        let extent = Extent(start: range.lowerBound, end: range.upperBound, id: id)
        extents.insert(extent, at: index)
        return extent
    }

    /// The index of the first extent that starts above `address`.
    private func firstExtent(after address: UInt32) -> Int {
        var low = 0
        var high = extents.count
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].start <= address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

// Reading symbols and code.
extension FunctionTable {
    /// One extent for each address that has a symbol: of several, a function before a label, a global
    /// before a local one. It ends where its symbol says, or where the next function starts.
    private mutating func addNamed(_ symbols: [ELFSymbols.Symbol]) {
        let ordered = symbols.sorted { first, second in
            (first.address, first.isFunction ? 0 : 1, first.isGlobal ? 0 : 1, first.name)
                < (second.address, second.isFunction ? 0 : 1, second.isGlobal ? 0 : 1, second.name)
        }
        for symbol in ordered {
            let last = extents.last
            if symbol.address == last?.start { continue }
            // A label inside a function is a place, not a function.
            if !symbol.isFunction, let last, symbol.address < last.end { continue }
            if let last, symbol.address < last.end {
                extents[extents.count - 1].end = symbol.address
            }
            let kind = Kind.code(address: symbol.address, hasSymbol: true)
            let id = add(Function(kind: kind, name: symbol.name))
            extents.append(Extent(start: symbol.address, end: end(of: symbol), id: id))
        }
        closeLabels()
    }

    /// Where a symbol ends as far as it says; just behind its first instruction otherwise.
    private func end(of symbol: ELFSymbols.Symbol) -> UInt32 {
        // Inside the text, which ends below 2^31.
        let (end, wraps) = symbol.address.addingReportingOverflow(max(4, symbol.byteCount))
        return wraps ? text.upperBound : min(text.upperBound, (end + 3) & ~3)
    }

    /// Lets each label without a length reach to the next symbol.
    private mutating func closeLabels() {
        for index in extents.indices where extents[index].end == extents[index].start + 4 {
            extents[index].end =
                index + 1 < extents.count ? extents[index + 1].start : text.upperBound
        }
    }

    /// Where the calls in the text go that can be told from the text alone.
    private static func callTargets(_ code: CodeImage) -> [UInt32] {
        var targets: [UInt32] = []
        var upper: (register: UInt8, value: UInt32)?
        for (index, instruction) in code.instructions.enumerated() {
            let address = code.base &+ UInt32(truncatingIfNeeded: index) &* 4
            if instruction.operation == .jal, CallConvention.isLink(instruction.destination) {
                targets.append(address &+ instruction.immediate)
            } else if instruction.operation == .jalr,
                CallConvention.isLink(instruction.destination),
                let upper, upper.register == instruction.source1
            {
                targets.append(upper.value &+ instruction.immediate)
            }
            upper = nil
            if instruction.operation == .auipc {
                upper = (instruction.destination, address &+ instruction.immediate)
            }
        }
        return targets.sorted()
    }
}
