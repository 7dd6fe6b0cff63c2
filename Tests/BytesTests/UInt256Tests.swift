import Bytes
import TestSupport
import Testing

@Suite struct UInt256Tests {
    /// Python's integers are the judge.
    @Test func arithmeticAndTextMatchPython() throws {
        let lines = try PythonOracle.lines("BytesTests/Oracles/uint256.py", ["20261121", "500"])
        #expect(lines.count == 500)
        for line in lines {
            let field = line.split(separator: " ").map(String.init)
            let left = try #require(UInt256(quantity: field[0]))
            let right = try #require(UInt256(quantity: field[1]))
            let small = try #require(UInt64(field[2]))
            #expect(left.description == field[3])
            #expect(UInt256(decimal: field[3]) == left)
            #expect(left.quantity == field[0])
            #expect(left.addingReportingOverflow(right).sum.quantity == field[4])
            #expect(left.addingReportingOverflow(right).overflow == (field[5] == "1"))
            #expect(left.subtractingReportingOverflow(right).difference.quantity == field[6])
            #expect(left.subtractingReportingOverflow(right).overflow == (left < right))
            #expect(left.multipliedReportingOverflow(by: small).product.quantity == field[7])
            #expect(left.multipliedReportingOverflow(by: small).overflow == (field[8] == "1"))
            #expect(left.quotientAndRemainder(dividingBy: small).quotient.quantity == field[9])
            #expect(String(left.quotientAndRemainder(dividingBy: small).remainder) == field[10])
        }
    }

    @Test(arguments: ["", "-1", "1 ", "0x1", String(repeating: "9", count: 78)])
    func badDecimalsAreRefused(text: String) {
        #expect(UInt256(decimal: text) == nil)
    }

    @Test(arguments: ["", "0x", "1", "0xg", "0x1" + String(repeating: "0", count: 64)])
    func badQuantitiesAreRefused(text: String) {
        #expect(UInt256(quantity: text) == nil)
    }
}
