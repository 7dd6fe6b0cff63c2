import RISCV

// What each instruction does. The mathematics is done in 64 bits, where nothing overflows.
extension SpecificationMachine {
    /// Executes the instruction at `pc` and returns the address of the next.
    func execute(_ word: UInt32) throws(MachineFault) -> UInt32 {
        let rd = UInt8(word >> 7 & 31)
        let function3 = word >> 12 & 7
        let left = registers[Int(word >> 15 & 31)]
        let right = registers[Int(word >> 20 & 31)]
        let immediate = UInt32(bitPattern: Int32(bitPattern: word) >> 20)
        switch word & 0x7f {
        case 0x37: setRegister(rd, word & 0xffff_f000)
        case 0x17: setRegister(rd, pc &+ word & 0xffff_f000)
        case 0x6f: return try jump(pc &+ jumpOffset(word), link: rd)
        case 0x67 where function3 == 0:
            let target = left &+ immediate
            return try jump(setup.rules.textIsFixed ? target : target & ~1, link: rd)
        case 0x63 where function3 != 2 && function3 != 3:
            guard isTaken(function3, left, right) else { break }
            let target = pc &+ branchOffset(word)
            guard target % 4 == 0 else { throw .misalignedTarget(address: target) }
            return target
        case 0x03 where function3 != 3 && function3 < 6:
            setRegister(rd, try loaded(function3, left &+ immediate))
        case 0x23 where function3 < 3:
            let offset = immediate & ~31 | word >> 7 & 31
            try store(right, left &+ offset, 1 << function3)
        case 0x13:
            if function3 == 1 || function3 == 5 {
                setRegister(rd, try shifted(word, left, immediate & 31))
            } else {
                setRegister(rd, basic(function3, left, immediate))
            }
        case 0x33: setRegister(rd, try operation(word, left, right))
        default: throw refusal(word)
        }
        return pc &+ 4
    }

    private func jump(_ target: UInt32, link: UInt8) throws(MachineFault) -> UInt32 {
        guard target % 4 == 0 else { throw .misalignedTarget(address: target) }
        setRegister(link, pc &+ 4)
        return target
    }

    /// Why a word cannot be executed: FENCE, CSR access and the privileged returns are instructions that
    /// guests do not have, everything else is none.
    private func refusal(_ word: UInt32) -> MachineFault {
        let function3 = word >> 12 & 7
        switch word & 0x7f {
        case 0x0f where function3 < 2: return .unimplementedInstruction(word: word)
        case 0x73 where word == 0x0010_0073: return .breakpoint
        case 0x73 where word == 0x3020_0073 || word == 0x1050_0073:
            return .unimplementedInstruction(word: word)
        case 0x73 where function3 != 0 && function3 != 4:
            return .unimplementedInstruction(word: word)
        default: return .illegalInstruction(word: word)
        }
    }

    private func branchOffset(_ word: UInt32) -> UInt32 {
        let bits =
            word >> 8 & 15 | (word >> 25 & 63) << 4 | (word >> 7 & 1) << 10
            | (word >> 31) << 11
        return UInt32(bitPattern: Int32(bitPattern: bits << 20) >> 19)
    }

    private func jumpOffset(_ word: UInt32) -> UInt32 {
        let bits =
            word >> 21 & 0x3ff | (word >> 20 & 1) << 10 | (word >> 12 & 0xff) << 11
            | (word >> 31) << 19
        return UInt32(bitPattern: Int32(bitPattern: bits << 12) >> 11)
    }

    private func signed(_ value: UInt32) -> Int64 { Int64(Int32(bitPattern: value)) }

    private func isTaken(_ function3: UInt32, _ left: UInt32, _ right: UInt32) -> Bool {
        switch function3 {
        case 0: left == right
        case 1: left != right
        case 4: signed(left) < signed(right)
        case 5: signed(left) >= signed(right)
        case 6: left < right
        default: left >= right
        }
    }

    private func loaded(_ function3: UInt32, _ address: UInt32) throws(MachineFault) -> UInt32 {
        let byteCount: UInt32 = 1 << (function3 & 3)
        let value = try load(address, byteCount)
        guard function3 < 2 else { return value }
        let unused = 32 - byteCount * 8
        return UInt32(bitPattern: Int32(bitPattern: value << unused) >> unused)
    }

    /// The operations of OP and OP-IMM that are the same, shifts apart.
    private func basic(_ function3: UInt32, _ left: UInt32, _ right: UInt32) -> UInt32 {
        switch function3 {
        case 0: UInt32(truncatingIfNeeded: UInt64(left) + UInt64(right))
        case 2: signed(left) < signed(right) ? 1 : 0
        case 3: left < right ? 1 : 0
        case 4: left ^ right
        case 6: left | right
        default: left & right
        }
    }

    private func shifted(
        _ word: UInt32, _ left: UInt32, _ count: UInt32
    ) throws(MachineFault) -> UInt32 {
        switch (word >> 12 & 7, word >> 25) {
        case (1, 0): left << count
        case (5, 0): left >> count
        case (5, 0x20): UInt32(bitPattern: Int32(bitPattern: left) >> count)
        default: throw .illegalInstruction(word: word)
        }
    }

    private func operation(
        _ word: UInt32, _ left: UInt32, _ right: UInt32
    ) throws(MachineFault) -> UInt32 {
        let function3 = word >> 12 & 7
        switch (word >> 25, function3) {
        case (0, 1), (0, 5), (0x20, 5): return try shifted(word, left, right & 31)
        case (0, _): return basic(function3, left, right)
        case (0x20, 0): return basic(0, left, ~right &+ 1)
        case (1, 0...3): return product(function3, left, right)
        case (1, _): return quotient(function3, left, right)
        default: throw .illegalInstruction(word: word)
        }
    }

    private func product(_ function3: UInt32, _ left: UInt32, _ right: UInt32) -> UInt32 {
        let first = function3 == 3 ? UInt64(left) : UInt64(bitPattern: signed(left))
        let second = function3 >= 2 ? UInt64(right) : UInt64(bitPattern: signed(right))
        let product = first &* second
        return UInt32(truncatingIfNeeded: function3 == 0 ? product : product >> 32)
    }

    /// By zero: all ones and the dividend. -2^31 by -1: 2^31 in 64 bits, -2^31 in 32.
    private func quotient(_ function3: UInt32, _ left: UInt32, _ right: UInt32) -> UInt32 {
        if right == 0 { return function3 < 6 ? ~0 : left }
        let isSigned = function3 % 2 == 0
        let (dividend, divisor) =
            isSigned ? (signed(left), signed(right)) : (Int64(left), Int64(right))
        let result = function3 < 6 ? dividend / divisor : dividend % divisor
        return UInt32(truncatingIfNeeded: result)
    }
}
