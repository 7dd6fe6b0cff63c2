// The Swift side of the SDK's curves, fields, integers and signatures: the cases of Numbers.c, Points.c
// and Signatures.c again (checks.h has their form), as far as Swift has a name for them. The first
// case that comes out otherwise ends the program; the output is how many there were.
import Tandem

/// The numbers and points in operands and results.
struct Reader {
    var input: InputBytes
    var offset = 0

    init(_ input: InputBytes) { self.input = input }

    mutating func bytes(_ count: Int) -> InputBytes {
        guard let part = input.part(at: offset, count: count) else {
            Program.fail("a case is cut short")
        }
        offset += count
        return part
    }

    /// Bytes filled up to a word.
    mutating func padded(_ count: Int) -> InputBytes {
        let part = bytes(count)
        offset += -count & 3
        return part
    }

    mutating func word() -> Int {
        bytes(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func number() -> UInt256 {
        bytes(32).reversed().reduce(into: UInt256.zero) { $0 = $0 << 8 + UInt256(UInt64($1)) }
    }

    mutating func wideNumber() -> UInt384 {
        guard let number = UInt384(bigEndian: [UInt8](bytes(48).reversed())) else {
            Program.fail("48 bytes are a number")
        }
        return number
    }

    mutating func point<Curve: Curve256>(_ curve: Curve.Type) -> Point<Curve> {
        let (x, y) = (number(), number())
        guard let point = Point<Curve>(x: x, y: y) else { Program.fail("not on the curve") }
        return point
    }

    mutating func widePoint() -> BLS12381.Point {
        let (x, y) = (wideNumber(), wideNumber())
        guard let point = BLS12381.Point(x: x, y: y) else { Program.fail("not on the curve") }
        return point
    }

    var rest: InputBytes {
        mutating get { bytes(input.count - offset) }
    }
}

/// A result in the form that the cases expect it in.
struct Writer {
    var content: [UInt8] = []

    mutating func append(_ value: some GuestBytes) {
        value.withBytes { content.append(contentsOf: $0.reversed()) }
    }

    mutating func append<Curve: Curve256>(_ point: Point<Curve>) {
        append(point.x)
        append(point.y)
    }

    mutating func append(_ point: BLS12381.Point) {
        append(point.x)
        append(point.y)
    }

    mutating func append(flag: Bool) { content += [flag ? 1 : 0, 0, 0, 0] }
}

extension StaticString {
    func isName(_ name: InputBytes) -> Bool {
        name[utf8CodeUnitCount] == 0
            && withBytes { $0.elementsEqual(name.prefix(utf8CodeUnitCount)) }
    }
}

/// What the operation makes of the operands; nil when Swift has none of this name.
func numbers(_ name: InputBytes, _ operands: inout Reader) -> Writer? {
    var result = Writer()
    let modular: [StaticString] = ["mulmod", "addmod", "submod", "powmod"]
    if modular.contains(where: { $0.isName(name) }) {
        let (left, right, modulus) = (operands.number(), operands.number(), operands.number())
        switch name[0] {
        case UInt8(ascii: "m"): result.append(left.multiplied(by: right, modulo: modulus))
        case UInt8(ascii: "a"): result.append(left.adding(right, modulo: modulus))
        case UInt8(ascii: "s"): result.append(left.subtracting(right, modulo: modulus))
        default: result.append(left.power(right, modulo: modulus))
        }
        return result
    }
    if ("invmod" as StaticString).isName(name) {
        let inverse = operands.number().inverse(modulo: operands.number())
        result.append(flag: inverse != nil)
        result.append(inverse ?? 0)
        return result
    }
    if ("sqrtmod" as StaticString).isName(name) {
        let (square, prime, other) = (operands.number(), operands.number(), operands.number())
        let root = square.squareRoot(modulo: prime, nonresidue: other)
        result.append(flag: root != nil)
        result.append(root.map { min($0, prime - $0) } ?? 0)
        return result
    }
    return nil
}

func fields(_ name: InputBytes, _ operands: inout Reader) -> Writer? {
    var result = Writer()
    // The names end with add, subtract or multiply.
    let last = name.firstIndex(of: 0).map { name[$0 - 1] } ?? 0
    let (isSum, isDifference) = (last == UInt8(ascii: "d"), last == UInt8(ascii: "t"))
    if ("bn254_fp2_" as StaticString).withBytes({ $0.elementsEqual(name.prefix(10)) }) {
        let left = BN254.Fp2(c0: operands.number(), c1: operands.number())
        let right = BN254.Fp2(c0: operands.number(), c1: operands.number())
        let value = isSum ? left + right : isDifference ? left - right : left * right
        result.append(value.c0)
        result.append(value.c1)
        return result
    }
    if ("bls12381_fp2_" as StaticString).withBytes({ $0.elementsEqual(name.prefix(13)) }) {
        let left = BLS12381.Fp2(c0: operands.wideNumber(), c1: operands.wideNumber())
        let right = BLS12381.Fp2(c0: operands.wideNumber(), c1: operands.wideNumber())
        let value = isSum ? left + right : isDifference ? left - right : left * right
        result.append(value.c0)
        result.append(value.c1)
        return result
    }
    if ("bls12381_fp_inverse" as StaticString).isName(name) {
        let inverse = BLS12381.Fp(operands.wideNumber()).inverse
        result.append(flag: inverse != nil)
        if let inverse { result.append(inverse.value) }
        return result
    }
    if ("bls12381_fp_sqrt" as StaticString).isName(name) {
        let square = operands.wideNumber()
        let root = BLS12381.Fp(square).squareRoot
        result.append(flag: root != nil)
        guard let root else { return result }
        // Either root is right; the other one is its opposite.
        guard (root * root).value == square else { Program.fail("a root that is none") }
        return nil
    }
    if ("bls12381_fp_" as StaticString).withBytes({ $0.elementsEqual(name.prefix(12)) }) {
        let left = BLS12381.Fp(operands.wideNumber())
        let right = BLS12381.Fp(operands.wideNumber())
        let value = isSum ? left + right : isDifference ? left - right : left * right
        result.append(value.value)
        return result
    }
    return nil
}

func points<Curve: Curve256>(
    _ name: InputBytes, _ operands: inout Reader, _ prefix: StaticString, _ curve: Curve.Type
) -> Writer? {
    var result = Writer()
    let length = prefix.utf8CodeUnitCount
    guard prefix.withBytes({ $0.elementsEqual(name.prefix(length)) }),
        let operation = name.part(at: length, count: name.count - length)
    else { return nil }
    if ("_add" as StaticString).isName(operation) {
        result.append(operands.point(curve) + operands.point(curve))
    } else if ("_negate" as StaticString).isName(operation) {
        result.append(-operands.point(curve))
    } else if ("_multiply" as StaticString).isName(operation) {
        let point = operands.point(curve)
        result.append(operands.number() * point)
    } else if ("_is_on_curve" as StaticString).isName(operation) {
        result.append(flag: Point<Curve>(x: operands.number(), y: operands.number()) != nil)
    } else {
        return nil
    }
    return result
}

func widePoints(_ name: InputBytes, _ operands: inout Reader) -> Writer? {
    var result = Writer()
    if ("bls12381_add" as StaticString).isName(name) {
        result.append(operands.widePoint() + operands.widePoint())
    } else if ("bls12381_negate" as StaticString).isName(name) {
        result.append(-operands.widePoint())
    } else if ("bls12381_multiply" as StaticString).isName(name) {
        let point = operands.widePoint()
        result.append(operands.number() * point)
    } else if ("bls12381_decompress" as StaticString).isName(name) {
        let isGreater = operands.word() != 0
        let point = BLS12381.Point(x: operands.wideNumber(), yIsGreater: isGreater)
        result.append(flag: point != nil)
        if let point { result.append(point) }
    } else {
        return nil
    }
    return result
}

func compressedPoints(_ name: InputBytes, _ operands: inout Reader) -> Writer? {
    var result = Writer()
    if ("secp256k1_decompress" as StaticString).isName(name) {
        let isOdd = operands.word() != 0
        let point = Secp256k1.point(x: operands.number(), yIsOdd: isOdd)
        result.append(flag: point != nil)
        if let point { result.append(point) }
    } else if ("p256_decompress" as StaticString).isName(name) {
        let isOdd = operands.word() != 0
        let point = P256.point(x: operands.number(), yIsOdd: isOdd)
        result.append(flag: point != nil)
        if let point { result.append(point) }
    } else if ("ed25519_decompress" as StaticString).isName(name) {
        let bytes = operands.bytes(32)
        let point = Ed25519.point(bytes)
        result.append(flag: point != nil)
        if let point {
            result.append(point)
            guard Ed25519.encoding(of: point) == Hash32(bytes) else {
                Program.fail("a point is encoded otherwise")
            }
        }
    } else {
        return nil
    }
    return result
}

func signatures(_ name: InputBytes, _ operands: inout Reader) -> Writer? {
    var result = Writer()
    func digest() -> Hash32 {
        guard let digest = Hash32(operands.bytes(32)) else { Program.fail("32 bytes are a digest") }
        return digest
    }
    if ("ecrecover" as StaticString).isName(name) {
        let signer = EthereumSignature.signer(of: digest(), operands.bytes(65))
        result.append(flag: signer != nil)
        if let signer { signer.withBytes { result.content.append(contentsOf: $0) } }
    } else if ("secp256k1_verify" as StaticString).isName(name) {
        let (digest, signature) = (digest(), operands.bytes(64))
        result.append(
            flag: Secp256k1.isValid(signature, of: digest, by: operands.bytes(64)))
    } else if ("p256_verify" as StaticString).isName(name) {
        let (digest, signature) = (digest(), operands.bytes(64))
        result.append(flag: P256.isValid(signature, of: digest, by: operands.bytes(64)))
    } else if ("ed25519_verify" as StaticString).isName(name) {
        let (key, signature) = (operands.bytes(32), operands.bytes(64))
        result.append(flag: Ed25519.isValid(signature, of: operands.rest, by: key))
    } else if ("rsa2048_verify_sha256" as StaticString).isName(name) {
        let (digest, signature) = (digest(), operands.bytes(256))
        result.append(
            flag: RSA2048.isValid(signature, ofSHA256: digest, modulus: operands.bytes(256)))
    } else {
        return nil
    }
    return result
}

func answer(_ name: InputBytes, _ operands: Reader) -> Writer? {
    var operands = operands
    return numbers(name, &operands) ?? fields(name, &operands)
        ?? points(name, &operands, "secp256k1", Secp256k1.self)
        ?? points(name, &operands, "p256", P256.self)
        ?? points(name, &operands, "bn254", BN254.self)
        ?? points(name, &operands, "ed25519", Ed25519.self)
        ?? widePoints(name, &operands) ?? compressedPoints(name, &operands)
        ?? signatures(name, &operands)
}

var cases = Reader(Program.offchainInput)
var done: UInt32 = 0
var compared = 0
while cases.offset < cases.input.count {
    let name = cases.bytes(32)
    let (operandCount, resultCount) = (cases.word(), cases.word())
    let operands = Reader(cases.padded(operandCount))
    let expected = cases.padded(resultCount)
    if let result = answer(name, operands) {
        // Where there is nothing to find, zeros may be expected behind the flag.
        let same = expected.prefix(result.content.count).elementsEqual(result.content)
        guard same, expected.dropFirst(result.content.count).allSatisfy({ $0 == 0 }) else {
            print("case \(done)")
            name.withBytes { Program.commit([UInt8]($0)) }
            Program.fail("a case came out otherwise")
        }
        compared += 1
    }
    done += 1
}
guard compared > 0 else { Program.fail("no case was compared") }
Program.commit([UInt8](withUnsafeBytes(of: done) { [UInt8]($0) }))
