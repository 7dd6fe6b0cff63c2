/// What is known about the guest's registers before an instruction, on every way that leads there.
///
/// The table is elsewhere: an `InlineArray` in here would be copied whole for each look at one element.
@safe
struct RegisterFacts: ~Copyable {
    /// How many low bits are told apart: no access needs more to be zero.
    static let zeroBitCountMax: UInt8 = 2

    /// The values of those that `known` names; 32, allocated in `init`.
    private let values: UnsafeMutablePointer<UInt32>
    /// Bit n: the value of xn is known.
    private var known: UInt32 = 1
    /// Those whose value is known included.
    private(set) var aligned: AlignedRegisters

    private static let registerCount = 32

    /// Only this is known, and that x0 is zero.
    init(_ aligned: AlignedRegisters) {
        unsafe values = .allocate(capacity: Self.registerCount)
        // As many as were allocated.
        unsafe values.initialize(repeating: 0, count: Self.registerCount)
        self.aligned = aligned
    }

    deinit {
        // Allocated in `init`, and by nobody else given back.
        unsafe values.deallocate()
    }

    /// From here on only this is known, and that x0 is zero.
    @inline(__always)
    mutating func forget(allBut aligned: AlignedRegisters) {
        known = 1
        self.aligned = aligned
    }

    /// The value of a register, 0 to 31, when it is known.
    @inline(__always)
    func value(of register: UInt8) -> UInt32? {
        // Five bits of a number are below 32.
        known &>> UInt32(register) & 1 == 0 ? nil : unsafe values[Int(register & 31)]
    }

    /// How many of the low bits of a register are known to be zero, at most `zeroBitCountMax`.
    @inline(__always)
    func alignment(of register: UInt8) -> UInt8 { aligned.zeroBits(of: register) }

    /// A register was written, and this is what is known about it now.
    @inline(__always)
    mutating func wrote(_ register: UInt8, alignment: UInt8 = 0) {
        guard register < 32 else { return }
        known &= ~(1 &<< UInt32(register))
        aligned.set(register, zeroBits: alignment)
    }

    /// A register was written with this value.
    @inline(__always)
    mutating func wrote(_ register: UInt8, value: UInt32) {
        guard register < 32 else { return }
        known |= 1 &<< UInt32(register)
        // Below 32, as was just checked.
        unsafe values[Int(register)] = value
        aligned.set(register, zeroBits: Self.zeroBits(of: value))
    }

    /// It was found out that the low bits of a register are zero.
    @inline(__always)
    mutating func learned(_ register: UInt8, alignment: UInt8) {
        aligned.set(register, zeroBits: max(alignment, aligned.zeroBits(of: register)))
    }

    /// How many low bits of a value are zero, as far as it matters.
    @inline(__always)
    static func zeroBits(of value: UInt32) -> UInt8 {
        value & 1 != 0 ? 0 : value & 3 != 0 ? 1 : zeroBitCountMax
    }
}
