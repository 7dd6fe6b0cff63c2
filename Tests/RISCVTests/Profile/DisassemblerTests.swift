import Foundation
import RISCV
import TestSupport
import Testing

/// Disassembly, judged by the llvm-objdump that comes with the Swift toolchain.
@Suite struct DisassemblerTests {
    /// Every operation with registers and immediates of all kinds.
    private var words: [UInt32] {
        var random = SeededRandom(seed: 0xd15a_55e3)
        var words: [UInt32] = [0x13, 0x8067, 0x73, 0x0010_0073, 0xc000_1073]
        let registers: [UInt32] = [0, 1, 2, 5, 8, 10, 15, 17, 18, 31]
        func register() -> UInt32 { registers[Int.random(in: 0..<registers.count, using: &random)] }
        for _ in 0..<4000 {
            let immediate = Int32.random(in: -2048..<2048, using: &random)
            let small = [0, 1, -1, 255, immediate][Int.random(in: 0..<5, using: &random)]
            let function3 = UInt32.random(in: 0..<8, using: &random)
            switch Int.random(in: 0..<9, using: &random) {
            case 0:
                words.append(Assembler.register(0, function3, register(), register(), register()))
            case 1:
                words.append(Assembler.register(1, function3, register(), register(), register()))
            case 2:
                let alternative: UInt32 = function3 < 4 ? 0 : 5
                words.append(
                    Assembler.register(0x20, alternative, register(), register(), register()))
            case 3:
                let isShift = function3 & 3 == 1
                words.append(
                    Assembler.immediate(
                        0x13, function3, register(), register(), isShift ? small & 31 : small))
            case 4:
                let width = [0, 1, 2, 4, 5][Int(function3) % 5] as UInt32
                words.append(Assembler.load(width, register(), small, register()))
            case 5: words.append(Assembler.store(function3 % 3, register(), small, register()))
            case 6:
                let condition = [0, 1, 4, 5, 6, 7][Int(function3) % 6] as UInt32
                words.append(Assembler.branch(condition, register(), register(), immediate & ~1))
            case 7: words.append(Assembler.jalr(register(), register(), small))
            default:
                let upper = UInt32.random(in: 0..<1 << 20, using: &random)
                words.append(
                    [
                        Assembler.jal(register(), immediate & ~1),
                        Assembler.lui(register(), upper), Assembler.auipc(register(), upper),
                    ][Int(function3) % 3])
            }
        }
        return words
    }

    @Test func readsAsObjdumpWrites() throws {
        let words = words
        let expected = try objdump(words)
        try #require(expected.count == words.count)
        for (index, word) in words.enumerated() {
            let address = ELFBuilder.textStart + UInt32(index) * 4
            let text = Disassembler.text(Decoder.decode(word), at: address)
            #expect(text == expected[index], "\(HexText.word(word))")
        }
    }

    @Test func wordsThatAreNoInstructions() {
        #expect(Disassembler.text(Decoder.decode(0), at: 0) == ".word 0x00000000")
        #expect(Disassembler.text(Decoder.decode(0xffff_ffff), at: 0) == ".word 0xffffffff")
        #expect(Disassembler.text(Decoder.decode(0x3410_1073), at: 0) == ".word 0x34101073")
    }

    private func objdump(_ words: [UInt32]) throws -> [String] {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString + ".elf")
        let symbols = SymbolTableBuilder.file(ELFBuilder(text: words).file(), symbols: [])
        try Data(symbols).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "llvm-objdump", "-d", "--mattr=+m", "--print-imm-hex=false", "--no-show-raw-insn",
            file.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap(plain)
    }

    /// A line without address, tabs and the symbol behind a target; upper immediates in hexadecimal, as
    /// they are read by people.
    private func plain(_ line: Substring) -> String? {
        guard let colon = line.firstIndex(of: ":"),
            UInt32(line[..<colon].drop { $0 == " " }, radix: 16) != nil
        else { return nil }
        let parts = line[line.index(after: colon)...].split(
            separator: "\t", omittingEmptySubsequences: true
        )
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard let name = parts.first else { return nil }
        var operands = parts.dropFirst().joined(separator: " ")
        if let symbol = operands.range(of: " <") {
            operands = String(operands[..<symbol.lowerBound])
        }
        if name == "lui" || name == "auipc", let comma = operands.range(of: ", "),
            let upper = UInt32(operands[comma.upperBound...])
        {
            operands = operands[..<comma.upperBound] + "0x" + String(upper, radix: 16)
        }
        return operands.isEmpty ? name : name + " " + operands
    }
}
