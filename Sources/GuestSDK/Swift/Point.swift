import CTandem

/// A curve whose coordinates are below 2^256: `Secp256k1`, `P256`, `BN254` and `Ed25519`.
public protocol Curve256 {
    /// The curve's functions and numbers.
    static var arithmetic: CurveArithmetic { get }
}

/// What a curve's points are computed with (tandem_curves.h).
public struct CurveArithmetic {
    typealias Binary = (
        UnsafeMutablePointer<tandem_point256>?, UnsafePointer<tandem_point256>?,
        UnsafePointer<tandem_point256>?
    ) -> Void
    typealias Unary = (
        UnsafeMutablePointer<tandem_point256>?, UnsafePointer<tandem_point256>?
    ) -> Void
    typealias Product = (
        UnsafeMutablePointer<tandem_point256>?, UnsafePointer<tandem_point256>?,
        UnsafePointer<tandem_u256>?
    ) -> Void
    typealias Test = (UnsafePointer<tandem_point256>?) -> Bool

    let add: Binary
    let negate: Unary
    let multiply: Product
    let contains: Test
    let parameters: tandem_curve256_parameters
    let identityY: UInt64
}

/// A point on a curve, the identity among them.
public struct Point<Curve: Curve256>: Equatable {
    /// The coordinates, below the field's prime. Those of the identity are 0 and 0, on Ed25519 0 and 1.
    public let x, y: UInt256

    /// The point with these coordinates; nil when it is not on the curve.
    public init?(x: UInt256, y: UInt256) {
        var point = tandem_point256(x: x.asC, y: y.asC)
        guard Curve.arithmetic.contains(&point) else { return nil }
        self.init(point)
    }

    init(_ point: tandem_point256) {
        x = UInt256(point.x)
        y = UInt256(point.y)
    }

    var asC: tandem_point256 { tandem_point256(x: x.asC, y: y.asC) }

    /// The neutral point of addition.
    public static var identity: Point {
        let y = UInt256(Curve.arithmetic.identityY)
        return Point(tandem_point256(x: tandem_u256(), y: y.asC))
    }

    /// The point that generates the subgroup of prime order.
    public static var generator: Point { Point(Curve.arithmetic.parameters.generator) }

    /// The sum, of equal and opposite points too.
    public static func + (left: Point, right: Point) -> Point {
        var (first, second, result) = (left.asC, right.asC, tandem_point256())
        Curve.arithmetic.add(&result, &first, &second)
        return Point(result)
    }

    public static prefix func - (point: Point) -> Point {
        var (given, result) = (point.asC, tandem_point256())
        Curve.arithmetic.negate(&result, &given)
        return Point(result)
    }

    public static func - (left: Point, right: Point) -> Point { left + -right }

    /// The multiple by any scalar.
    public static func * (scalar: UInt256, point: Point) -> Point {
        var (given, factor, result) = (point.asC, scalar.asC, tandem_point256())
        Curve.arithmetic.multiply(&result, &given, &factor)
        return Point(result)
    }
}

extension Curve256 {
    /// The prime of the field.
    public static var prime: UInt256 { UInt256(arithmetic.parameters.prime) }

    /// The order of the generator.
    public static var order: UInt256 { UInt256(arithmetic.parameters.order) }
}
