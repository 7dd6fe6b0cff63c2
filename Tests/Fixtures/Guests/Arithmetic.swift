// Runs the SDK's 256-bit integers on what the test sends.
//
//   off-chain input   pairs of 32-byte numbers, of which the second is not zero
//   output            for each pair: sum, difference and product modulo 2^256, three bytes that say
//                     which overflowed, quotient, remainder, first shifted up and down by the
//                     second's lowest byte, bit width of the first, order, both as numbers
import Tandem

func commitResults(_ left: UInt256, _ right: UInt256) {
    let sum = left.addingReportingOverflow(right)
    let difference = left.subtractingReportingOverflow(right)
    let product = left.multipliedReportingOverflow(by: right)
    let flags = [sum.overflow, difference.overflow, product.overflow]
    let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
    let lowest = Int((right % 256).asUInt64 ?? 0)
    Program.commit(sum.sum)
    Program.commit(difference.difference)
    Program.commit(product.product)
    Program.commit(flags.map { $0 ? UInt8(1) : 0 })
    Program.commit(quotient)
    Program.commit(remainder)
    Program.commit(left << lowest)
    Program.commit(left >> lowest)
    Program.commit(UInt256(UInt64(left.bitWidth)))
    Program.commit(UInt256(left < right ? 0 : left == right ? 1 : 2))
}

let input = Program.offchainInput
for offset in stride(from: 0, to: input.count, by: 64) {
    guard let first = input.part(at: offset, count: 32), let left = UInt256(bigEndian: first),
        let second = input.part(at: offset + 32, count: 32), let right = UInt256(bigEndian: second)
    else { Program.fail("the input is not whole pairs") }
    commitResults(left, right)
}
