import RISCV
import TestSupport

/// Makes a program smaller as long as something stays true of it: instructions become NOPs, the end is cut
/// off, registers and data become zero.
struct Minimiser {
    /// How often the condition is looked at.
    private static let trialCountMax = 3000

    private static let nop: UInt32 = 0x0000_0013

    let isStillTrue: (TestProgram) -> Bool

    /// The smaller program; the same one when the condition does not hold for it.
    func minimise(_ program: TestProgram) -> TestProgram {
        guard isStillTrue(program) else { return program }
        var trialsLeft = Self.trialCountMax
        var best = program
        func attempt(_ change: (inout TestProgram) -> Void) {
            guard trialsLeft > 0 else { return }
            trialsLeft -= 1
            var smaller = best
            change(&smaller)
            if isStillTrue(smaller) { best = smaller }
        }
        // Large parts first, then ever smaller ones.
        var size = best.text.count
        while size >= 1 {
            for start in stride(from: 0, to: best.text.count, by: size) {
                let range = start..<min(start + size, best.text.count)
                guard best.text[range].contains(where: { $0 != Self.nop }) else { continue }
                attempt { program in
                    for index in range { program.text[index] = Self.nop }
                }
            }
            size /= 2
        }
        for index in best.registers.indices.dropFirst() where best.registers[index] != 0 {
            attempt { $0.registers[index] = 0 }
        }
        for index in best.data.indices.reversed() { attempt { $0.data.remove(at: index) } }
        while let last = best.text.last, last == Self.nop, trialsLeft > 0 {
            let before = best.text.count
            attempt { $0.text.removeLast() }
            if best.text.count == before { break }
        }
        return best
    }

    /// The program as a person reads it: what is not a NOP, and the registers that are not zero.
    static func listing(_ program: TestProgram) -> String {
        var lines = ["entry \(hex(program.entry)), text from \(hex(program.start)):"]
        for (index, word) in program.text.enumerated() where word != nop {
            let address = program.start + UInt32(index) * 4
            let text = Disassembler.text(Decoder.decode(word), at: address)
            lines.append("  \(hex(address)): \(hex(word)) \(text)")
        }
        for (index, value) in program.registers.enumerated() where value != 0 {
            lines.append("  x\(index) = \(hex(value))")
        }
        return lines.joined(separator: "\n")
    }
}
