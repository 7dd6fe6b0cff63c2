/// An integer of either sign in limbs of 62 bits: the sum of limbs[i]·2^(62·i). All limbs but the highest
/// are from 0 to 2^62 - 1; the highest has the sign.
///
/// Limbs of 62 bits leave room for the sums of two products, which is what `ModularInverse` computes.
struct Signed62<let count: Int> {
    private var limbs: InlineArray<count, Int64>

    /// The bits of a limb.
    static var mask: Int64 { 1 << 62 - 1 }

    /// Zero.
    @inline(__always)
    init() { limbs = InlineArray(repeating: 0) }

    /// A natural number, which has at most 62·count - 1 bits.
    @inline(__always)
    init<let width: Int>(_ value: LimbInteger<width>) {
        self.init()
        for index in 0..<count {
            let (word, shift) = (62 * index / 64, UInt64(62 * index % 64))
            var bits = word < width ? value[word] >> shift : 0
            if shift > 2, word + 1 < width { bits |= value[word + 1] << (64 - shift) }
            limbs[index] = Int64(truncatingIfNeeded: bits) & Self.mask
        }
    }

    /// The natural number that this is; it fits and is not negative.
    @inline(__always)
    func natural<let width: Int>() -> LimbInteger<width> {
        var result = LimbInteger<width>()
        for index in 0..<width {
            let (place, shift) = (64 * index / 62, UInt64(64 * index % 62))
            var bits = UInt64(bitPattern: limbs[place]) >> shift
            if place + 1 < count { bits |= UInt64(bitPattern: limbs[place + 1]) << (62 - shift) }
            if shift > 60, place + 2 < count {
                bits |= UInt64(bitPattern: limbs[place + 2]) << (124 - shift)
            }
            result[index] = bits
        }
        return result
    }

    /// One limb.
    @inline(__always)
    subscript(_ index: Int) -> Int64 {
        get { limbs[index] }
        set { limbs[index] = newValue }
    }

    /// Whether this is below zero.
    var isNegative: Bool { limbs[count - 1] < 0 }

    /// This plus a multiple of `other`, -1, 0 or 1 times; the sum fits.
    @inline(__always)
    func adding(_ other: Self, times factor: Int64) -> Self {
        var result = Self()
        var carry: Int64 = 0
        for index in 0..<count - 1 {
            // At most 2^63 - 1 in size.
            carry &+= limbs[index] &+ factor &* other[index]
            result[index] = carry & Self.mask
            carry &>>= 62
        }
        result[count - 1] = limbs[count - 1] &+ factor &* other[count - 1] &+ carry
        return result
    }
}
