/// The prime of a field, which is odd.
protocol PrimeModulus {
    /// The numbers that hold a residue.
    associatedtype Natural: FixedNatural

    /// The prime.
    static var modulus: Natural { get }

    /// `scale` / `value` modulo the prime, zero if `value` is zero. Both are below the prime.
    static func divide(_ scale: Natural, by value: Natural) -> Natural
}

extension PrimeModulus where Natural == LimbInteger<4> {
    static func divide(_ scale: Natural, by value: Natural) -> Natural {
        ModularInverse<5, 4>(modulus).divide(scale, by: value)
    }
}

extension PrimeModulus where Natural == LimbInteger<6> {
    static func divide(_ scale: Natural, by value: Natural) -> Natural {
        ModularInverse<7, 6>(modulus).divide(scale, by: value)
    }
}

/// What may be added, subtracted and multiplied.
protocol RingElement {
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self

    /// The product with itself.
    var squared: Self { get }

    /// This divided by 2.
    var halved: Self { get }
}

extension RingElement {
    @inline(__always)
    var squared: Self { self * self }
}

/// An element of a prime field.
///
/// Guests hold plain numbers, and most precompiles multiply two or three times between reading and
/// writing them. So elements are plain too; `Multiplier` is the form that makes a product with one
/// cheaper, if the field has such a form; long computations stay in it.
protocol PrimeField: RingElement, Equatable {
    associatedtype Modulus: PrimeModulus
    associatedtype Multiplier: RingElement

    /// The residue of any number of that many limbs.
    init(reducing value: Modulus.Natural)

    /// The residue, below the prime.
    var natural: Modulus.Natural { get }

    /// This element as a factor of products.
    var multiplier: Multiplier { get }

    /// numerator / denominator as a factor; zero if the denominator is.
    static func quotient(_ numerator: Self, _ denominator: Self) -> Multiplier

    /// The product of a factor and an element.
    static func product(_ factor: Multiplier, _ element: Self) -> Self

    /// The square of a factor.
    static func square(_ factor: Multiplier) -> Self

    /// The element that a factor stands for.
    static func element(_ factor: Multiplier) -> Self
}

extension PrimeField {
    /// The residue of a number that is below the prime; nil for others.
    init?(canonical value: Modulus.Natural) {
        guard value < Modulus.modulus else { return nil }
        self.init(reducing: value)
    }

    /// The element with this value.
    @inline(__always)
    init(_ value: UInt64) { self.init(reducing: Modulus.Natural(value)) }

    /// Whether this is zero.
    @inline(__always)
    var isZero: Bool { self == Self(0) }

    /// This element's additive inverse.
    var negated: Self { Self(0) - self }

    /// 1 / self; zero for zero.
    var inverted: Self { Self.element(Self.quotient(Self(1), self)) }

    /// One product in one place: powers are long, and need no copies of it in line.
    @inline(never)
    private static func joined(_ left: Multiplier, _ right: Multiplier) -> Multiplier {
        left * right
    }

    /// The power with this exponent, by four of its bits at a time.
    func raised(to exponent: Modulus.Natural) -> Self {
        let base = multiplier
        var powers = InlineArray<16, Multiplier>(repeating: Self(1).multiplier)
        for index in 1..<16 { powers[index] = Self.joined(powers[index - 1], base) }
        var result = powers[0]
        var place = Modulus.Natural.limbCount * 16
        while place > 0 {
            place -= 1
            for _ in 0..<4 { result = Self.joined(result, result) }
            let digit = Int(exponent[place / 16] >> UInt64(place % 16 * 4) & 15)
            if digit > 0 { result = Self.joined(result, powers[digit]) }
        }
        return Self.element(result)
    }
}
