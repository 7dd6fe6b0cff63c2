// Statements that load and store.
extension RandomProgram {
    private var area: Range<UInt32> {
        shape.data.lowerBound + Self.stackByteCount..<shape.data.upperBound
    }

    /// A place in the data; every second time near the border of two units or pages.
    private mutating func place() -> UInt32 {
        let anywhere = area.lowerBound + random.number(UInt32(area.count))
        guard random.isOne(in: 2) else { return anywhere }
        let shift: UInt32 = random.isOne(in: 2) ? 16 : 10
        let border = anywhere & ~((1 << shift) - 1)
        let near = border &+ random.number(16) &- 8
        return area.contains(near) ? near : anywhere
    }

    /// An offset from `base` to an aligned place in the data.
    private mutating func offset(from base: UInt32, byteCount: UInt32) -> Int32 {
        let low = max(Int64(area.lowerBound), Int64(base) - 2048)
        let high = min(Int64(area.upperBound) - Int64(byteCount), Int64(base) + 2047)
        var address = low + Int64(random.number(UInt32(high - low + 1)))
        if random.isOne(in: 2) {
            let close = Int64(place())
            if (low...high).contains(close) { address = close }
        }
        let aligned = address & ~Int64(byteCount - 1)
        return Int32((aligned < low ? aligned + Int64(byteCount) : aligned) - Int64(base))
    }

    private mutating func access(from base: UInt32) -> UInt32 {
        let width = random.number(3)
        let offset = offset(from: base, byteCount: 1 << width)
        if random.isOne(in: 2) {
            return Assembler.store(width, random.choice(arithmetic.sources), offset, Self.base)
        }
        let function3 = width < 2 && random.isOne(in: 2) ? width + 4 : width
        let rd = random.choice(arithmetic.destinations)
        return Assembler.load(function3, rd, offset, Self.base)
    }

    /// Some accesses around one address, or one at an address computed from a free register.
    mutating func memoryAccesses() {
        if random.isOne(in: 3) { return computedAccess() }
        let base = place()
        writer.append(Assembler.li(Self.base, base))
        for _ in 0...random.number(5) {
            writer.append(access(from: base))
            if random.isOne(in: 4) { writer.append(arithmetic.instruction(&random)) }
        }
    }

    private mutating func computedAccess() {
        let width = random.number(3)
        let mask = Int32(0x3ff) & ~((1 << Int32(width)) - 1)
        let index = random.choice(arithmetic.destinations.filter { $0 != 0 })
        let start = area.lowerBound + random.number(UInt32(area.count) / 1024) * 1024
        writer.append(
            Assembler.immediate(0x13, 7, index, random.choice(arithmetic.sources), mask))
        writer.append(Assembler.li(Self.base, start & ~3))
        writer.append(Assembler.register(0, 0, index, Self.base, index))
        let value = random.isOne(in: 4) ? index : random.choice(arithmetic.sources)
        if random.isOne(in: 2) {
            writer.append(Assembler.store(width, value, 0, index))
        } else {
            let rd = random.isOne(in: 2) ? index : random.choice(arithmetic.destinations)
            writer.append(Assembler.load(width, rd, 0, index))
        }
    }

    /// Load, operation and store at one address.
    mutating func readModifyWrite() {
        let base = place() & ~3
        let rd = random.choice(arithmetic.destinations)
        writer.append(Assembler.li(Self.base, base))
        let offset = offset(from: base, byteCount: 4)
        writer.append(Assembler.load(2, rd, offset, Self.base))
        let operation = random.choice([0, 4, 6, 7] as [UInt32])
        if random.isOne(in: 2) {
            writer.append(
                Assembler.register(
                    0, operation, rd, rd, random.choice(arithmetic.sources)))
        } else {
            writer.append(
                Assembler.immediate(0x13, operation, rd, rd, Int32(random.number(64)) - 32))
        }
        writer.append(Assembler.store(2, rd, offset, Self.base))
    }

    /// The loops that compilers make of copying and filling, forwards and backwards; source and
    /// destination may overlap.
    mutating func copyLoop() {
        let width = random.number(3)
        let size: UInt32 = 1 << width
        let count = 1 + random.number(40)
        let room = UInt32(area.count) - count * size
        let source = area.lowerBound + (random.number(room) & ~3)
        let isNear = random.isOne(in: 2)
        let near = source &+ random.number(8) * 4
        let target =
            isNear && near + count * size <= area.upperBound
            ? near : area.lowerBound + (random.number(room) & ~3)
        let (from, to, left, value): (UInt32, UInt32, UInt32, UInt32) = (11, 10, 12, 13)
        let step = Int32(size)
        writer.append(Assembler.li(from, source) + Assembler.li(to, target))
        let endsByAddress = random.isOne(in: 2)
        writer.append(Assembler.li(left, endsByAddress ? target + count * size : count))
        let top = writer.here()
        let fills = random.isOne(in: 3)
        if !fills { writer.append(Assembler.load(width, value, 0, from)) }
        let storesFirst = random.isOne(in: 2)
        if storesFirst { writer.append(Assembler.store(width, value, 0, to)) }
        if !fills { writer.append(Assembler.addi(from, from, step)) }
        writer.append(Assembler.addi(to, to, step))
        if !storesFirst { writer.append(Assembler.store(width, value, -step, to)) }
        if endsByAddress {
            writer.branch(random.choice([1, 6]), to, left, to: top)
        } else {
            writer.append(Assembler.addi(left, left, -1))
            writer.branch(1, left, 0, to: top)
        }
    }

    /// A store into the text: to an instruction further on, to one behind, or to the very next.
    mutating func textStore() {
        let target = writer.label()
        let ahead = placeholders.isEmpty || random.isOne(in: 2)
        let chosen = ahead ? target : random.choice(placeholders)
        let free = arithmetic.destinations.filter { $0 != 0 }
        let value = random.choice(free)
        writer.address(Self.code, of: chosen)
        if random.isOne(in: 3) {
            // The upper half of the placeholder is its immediate.
            writer.append(Assembler.store(1, random.choice(free), 2, Self.code))
        } else {
            writer.append(Assembler.li(value, arithmetic.instruction(&random)))
            writer.append(Assembler.store(2, value, 0, Self.code))
        }
        let between = random.isOne(in: 2) ? 0 : random.number(5)
        for _ in 0..<between { writer.append(arithmetic.instruction(&random)) }
        placeholders.append(target)
        writer.place(target)
        let rd = random.choice(free)
        writer.append(Assembler.addi(rd, rd, 1))
    }
}
