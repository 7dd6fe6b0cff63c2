import Bytes
import TestSupport
import Testing

@testable import GuestRuntime

/// The machine's calls at their edges, and random kernels, judged by the executor in Python.
@Suite struct MachineCallTests {
    typealias K = KernelAssembly

    @Test(arguments: [
        (K.call(6), "machine call 6"),
        (K.call(0, 2), "TERMINATE of kind 2"),
        (K.call(1, 1, K.data, 1025), "READ of 1025 bytes"),
        (K.call(1, 0, K.data, 4), "READ of 4 bytes of the last answer"),
        (K.call(1, 0, K.data, 10), "READ of 10 bytes of the last answer"),
        (K.call(1, 0, 0xFFFF_FFF8, 8), "8 bytes at 0xfffffff8"),
        (K.call(1, 0, 0xFFFF, 8), "8 bytes at 0x0000ffff"),
        (K.call(1, 0, 0xBFFF_FFFC, 8), "8 bytes at 0xbffffffc"),
        (K.call(1, 0, 0xFFFF_0000, 8), "8 bytes at 0xffff0000"),
        (K.call(1, 0, 0xFFFF_00FC, 8), "8 bytes at 0xffff00fc"),
        (K.call(1, 0, 0xC000_0000, 8), "its own instructions"),
        (K.call(1, GuestAssembly.data, K.data, 8), "\"\" is none of RISC Zero v2's"),
        (K.call(2, 0, K.data, 1025), "WRITE of 1025 bytes"),
        (K.set(K.data, 0xFF) + K.call(2, 0, K.data, 1), "not UTF-8"),
        (K.call(3, 1, K.data, K.data, 0), "a multiple of 4"),
        (K.call(3, 0, K.data, K.data + 64, 0xC000_0001), "the digest at 0xc0010040"),
        (K.call(3, 0, 0, K.data, 1), "32 bytes at 0x00000000"),
        (K.call(4, K.data, K.data, K.data, 11, K.data), "SHA2 of 11 blocks"),
        (K.call(4, 0x100, K.data, K.data, 1, K.data), "32 bytes at 0x00000100"),
    ])
    func wrongArguments(kernel: [UInt32], reason: String) throws {
        let outcome = try K.run(K.file(kernel))
        #expect(outcome.failure?.description.contains(reason) == true, "\(outcome.status)")
        // The call itself is not charged.
        #expect(outcome.cycles == UInt64(kernel.count - 1) || reason.contains("answer"))
    }

    /// Every remainder of the address and the length.
    @Test func readCycles() {
        for address in UInt32(0x10000)..<0x10008 {
            for count in UInt64(0)...70 {
                var (cycles, place, left) = (UInt64(2), address, count)
                while left > 0, place & 3 != 0 {
                    (cycles, place, left) = (cycles + 1, place + 1, left - 1)
                }
                while left >= 4 {
                    cycles += 1
                    left -= min(left / 4, 4) * 4
                }
                cycles += left
                let found = RISCZeroV2Session.readCycles(address: address, byteCount: count)
                #expect(found == cycles, "\(address) \(count)")
            }
        }
    }

    /// States that overlap what they are made of, constants that are not the standard's.
    @Test func hashesOfAnything() throws {
        var random = SeededRandom(seed: 4_004)
        for _ in 0..<6 {
            var text = K.start
            for offset in stride(from: Int32(0), to: 1024, by: 4) {
                text += Assembler.li(6, UInt32.random(in: 0...UInt32.max, using: &random))
                text.append(Assembler.store(2, 6, offset, K.s1))
            }
            let new = K.data + UInt32.random(in: 0...40, using: &random) * 4
            let count = UInt32.random(in: 0...3, using: &random)
            let low = UInt32.random(in: 0...3, using: &random)
            text += K.call(4, K.data + 32 + low, new + low, K.data + 64, count, K.data + 512)
            text += K.call(3, new, new, K.data + 128, UInt32.random(in: 0...3, using: &random))
            for offset in stride(from: Int32(0), to: 200, by: 4) {
                text.append(Assembler.load(2, 6, offset, K.s1))
                text.append(Assembler.register(0, 4, 7, 7, 6))
            }
            try compare(text + K.terminate(7))
        }
    }

    private static let registers: [UInt32] = [6, 7, 28, 29, 30, 31]

    /// Loads and stores of every width to the user's memory, the kernel's and the registers of both modes,
    /// between them arithmetic, and jumps over an instruction.
    @Test(arguments: 0..<12)
    func randomKernels(seed: UInt64) throws {
        var random = SeededRandom(seed: 9_000 + seed)
        var text = K.start
        for _ in 0..<400 {
            let rd = Self.registers.randomElement(using: &random) ?? 6
            let rs = Self.registers.randomElement(using: &random) ?? 6
            let bases: [UInt32] = [K.s0, K.s1, X.s2]
            let base = bases.randomElement(using: &random) ?? X.s2
            switch Int.random(in: 0..<5, using: &random) {
            case 0: text += Assembler.li(rd, UInt32.random(in: 0...UInt32.max, using: &random))
            case 1:
                let widths: [UInt32] = [0, 1, 2, 4, 5]
                let width = widths.randomElement(using: &random) ?? 0
                text.append(Assembler.load(width, rd, offset(width & 3, base, &random), base))
            case 2:
                let width = UInt32.random(in: 0..<3, using: &random)
                text.append(Assembler.store(width, rs, offset(width, base, &random), base))
            case 3:
                text.append(
                    Assembler.register(0, UInt32.random(in: 0..<8, using: &random), rd, rs, rd))
            default: text.append(Assembler.branch(4, rd, rs, 8))
            }
            text.append(Assembler.register(0, 0, K.s3, K.s3, rd))
        }
        try compare(text + K.terminate(K.s3))
    }

    /// An offset for an access of 2^width bytes. Of the registers, those whose change does not end it: t1,
    /// t2 and t3 to t6 of the kernel, all but x0 of the user.
    private func offset(
        _ width: UInt32, _ base: UInt32, _ random: inout SeededRandom
    ) -> Int32 {
        let mask = ~((UInt32(1) << width) - 1)
        guard base == K.s0 else { return Int32(UInt32.random(in: 0..<64, using: &random) & mask) }
        let place =
            Bool.random(using: &random)
            ? UInt32.random(in: 28 * 4..<32 * 4, using: &random)
            : UInt32.random(in: 0x84..<0x100, using: &random)
        return Int32(place & mask)
    }

    /// The whole run, and limits spread over it.
    private func compare(_ kernel: [UInt32]) throws {
        let file = K.file(kernel)
        let program = try GuestProgram(elf: file, vm: .risc0)
        let cost = program.run(input: GuestInput(), maxCycles: 1 << 20).cycles
        let limits = [0, 1, cost / 3, cost / 2, cost - 2, cost - 1, cost, 1 << 20]
        let lines = try Version2Judge.lines(file, limits: limits)
        for (limit, line) in zip(limits, lines) {
            let outcome = program.run(input: GuestInput(), maxCycles: limit)
            #expect(Version2Judge.text(outcome) == line, "limit \(limit)")
        }
        #expect(lines.last?.hasPrefix("ok ") == true)
    }
}
