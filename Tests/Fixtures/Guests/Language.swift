// What a Swift program takes for granted: classes, generics, closures, arrays, hash tables, text
// and floating point. The output depends on all of them.
//
//   on-chain input   bytes to count
//   output           the number of times that each byte occurs, in the order of the bytes, one byte
//                    each; then the sum of the areas as 8 little-endian bytes, and their names
import Tandem

protocol Named {
    var name: StaticString { get }
}

class Shape: Named {
    var area: Double { 0 }
    var name: StaticString { "shape" }
}

final class Square: Shape {
    let side: Double
    init(side: Double) { self.side = side }
    override var area: Double { side * side }
    override var name: StaticString { "square" }
}

final class Circle: Shape {
    let radius: Double
    init(radius: Double) { self.radius = radius }
    override var area: Double { radius * radius * 355 / 113 }
}

func commitName(of named: some Named) {
    Program.commit(named.name)
}

@main
struct Language {
    static func main() {
        var counts: [UInt8: Int] = [:]
        for byte in Program.onchainInput { counts[byte, default: 0] += 1 }
        let ordered = counts.sorted { $0.key < $1.key }.map { UInt8($0.value) }
        Program.commit(ordered)

        let shapes: [Shape] = [Square(side: 2.5), Circle(radius: Double(counts.count))]
        let total = shapes.reduce(0) { $0 + $1.area }
        Program.commit(withUnsafeBytes(of: total.bitPattern.littleEndian) { [UInt8]($0) })

        for shape in shapes { commitName(of: shape) }

        let distinct = Set(ordered)
        var text = "distinct counts: "
        text += "\(distinct.count)"
        guard text.hasPrefix("distinct"), text != "distinct" else { Program.fail("text") }
        print(text)
    }
}
