/// What is known about the guest's registers before an instruction, on every way that leads there. At
/// first nothing is, but that x0 is zero.
///
/// The tables are elsewhere: an `InlineArray` in here would be copied whole for each look at one element.
@safe
struct RegisterFacts: ~Copyable {
    /// The values of those that `known` names; 32, allocated in `init`.
    private let values: UnsafeMutablePointer<UInt32>
    /// How many low bits are known to be zero, at most 31; 32, allocated in `init`.
    private let zeroBits: UnsafeMutablePointer<UInt8>
    /// Bit n: the value of xn is known.
    private var known: UInt32 = 1

    private static let registerCount = 32

    init() {
        unsafe values = .allocate(capacity: Self.registerCount)
        unsafe zeroBits = .allocate(capacity: Self.registerCount)
        // As many as were allocated.
        unsafe values.initialize(repeating: 0, count: Self.registerCount)
        unsafe zeroBits.initialize(repeating: 0, count: Self.registerCount)
    }

    deinit {
        // Allocated in `init`, and by nobody else given back.
        unsafe values.deallocate()
        unsafe zeroBits.deallocate()
    }

    /// From here on nothing is known, but that x0 is zero.
    @inline(__always)
    mutating func forget() {
        known = 1
        // As many as were allocated.
        unsafe zeroBits.update(repeating: 0, count: Self.registerCount)
    }

    /// The value of a register, when it is known.
    @inline(__always)
    func value(of register: UInt8) -> UInt32? {
        // Five bits of a number are below 32.
        known >> UInt32(register) & 1 == 0 ? nil : unsafe values[Int(register & 31)]
    }

    /// How many of the low bits of a register are known to be zero.
    @inline(__always)
    func alignment(of register: UInt8) -> UInt8 {
        if let value = value(of: register) { return UInt8(min(31, value.trailingZeroBitCount)) }
        // Five bits of a number are below 32.
        return unsafe zeroBits[Int(register & 31)]
    }

    /// A register was written, and this is what is known about it now.
    @inline(__always)
    mutating func wrote(_ register: UInt8, alignment: UInt8 = 0) {
        guard register < 32 else { return }
        known &= ~(1 << UInt32(register))
        // Below 32, as was just checked.
        unsafe zeroBits[Int(register)] = alignment
    }

    /// A register was written with this value.
    @inline(__always)
    mutating func wrote(_ register: UInt8, value: UInt32) {
        guard register < 32 else { return }
        known |= 1 << UInt32(register)
        // Below 32, as was just checked.
        unsafe values[Int(register)] = value
    }

    /// It was found out that the low bits of a register are zero.
    @inline(__always)
    mutating func learned(_ register: UInt8, alignment: UInt8) {
        let index = Int(register & 31)
        // Five bits of a number are below 32.
        unsafe zeroBits[index] = max(zeroBits[index], alignment)
    }
}
