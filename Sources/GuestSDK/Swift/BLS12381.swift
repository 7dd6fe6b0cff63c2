import CTandem

/// BLS12-381 G1, the curve of Ethereum's validators, and its base field.
public enum BLS12381 {
    /// A point of G1's curve, the identity (0, 0) among them.
    public struct Point: Equatable {
        /// The coordinates, below the field's prime.
        public let x, y: UInt384

        /// The point with these coordinates; nil when it is not on the curve. Whether it is in the
        /// subgroup of prime order is not asked.
        public init?(x: UInt384, y: UInt384) {
            var point = tandem_point384(x: x.asC, y: y.asC)
            guard tandem_bls12381_is_on_curve(&point) else { return nil }
            self.init(point)
        }

        /// The point with this x and the greater or lesser of the two y; nil when there is none.
        public init?(x: UInt384, yIsGreater: Bool) {
            var (given, point) = (x.asC, tandem_point384())
            guard tandem_bls12381_decompress(&point, &given, yIsGreater) else { return nil }
            self.init(point)
        }

        init(_ point: tandem_point384) {
            x = UInt384(point.x)
            y = UInt384(point.y)
        }

        var asC: tandem_point384 { tandem_point384(x: x.asC, y: y.asC) }

        /// The neutral point of addition.
        public static var identity: Point { Point(tandem_point384()) }

        /// The sum, of equal and opposite points too.
        public static func + (left: Point, right: Point) -> Point {
            var (first, second, result) = (left.asC, right.asC, tandem_point384())
            tandem_bls12381_add(&result, &first, &second)
            return Point(result)
        }

        public static prefix func - (point: Point) -> Point {
            var (given, result) = (point.asC, tandem_point384())
            tandem_bls12381_negate(&result, &given)
            return Point(result)
        }

        /// The multiple by any scalar.
        public static func * (scalar: UInt256, point: Point) -> Point {
            var (given, factor, result) = (point.asC, scalar.asC, tandem_point384())
            tandem_bls12381_multiply(&result, &given, &factor)
            return Point(result)
        }
    }
}
