extension SeededRandom {
    /// A number below `bound`.
    public mutating func number(_ bound: UInt32) -> UInt32 {
        UInt32.random(in: 0..<bound, using: &self)
    }

    /// True once in `count` times.
    public mutating func isOne(in count: UInt32) -> Bool { number(count) == 0 }

    /// One of the elements; the array is not empty.
    public mutating func choice<Element>(_ elements: [Element]) -> Element {
        elements[Int(number(UInt32(elements.count)))]
    }

    /// Random bits, or one of the values at which arithmetic has edges.
    public mutating func operand() -> UInt32 {
        switch number(4) {
        case 0: UInt32(truncatingIfNeeded: next())
        case 1: UInt32(bitPattern: Int32(bitPattern: number(256)) - 128)
        default: choice(Self.edges)
        }
    }

    private static let edges: [UInt32] = [
        0, 1, 2, 3, 4, 31, 32, 33, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff, 0xffff_fffe,
        0x7ff, 0x800, 0xfff, 0x1000, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x80, 0xff, 0xffff_8000,
        0xffff_ff80, 0x5555_5555, 0xaaaa_aaaa,
    ]
}
