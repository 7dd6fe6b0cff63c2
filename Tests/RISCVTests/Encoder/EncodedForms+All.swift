@testable import RISCV

// All forms of each instruction, with every register in every place.
extension EncodedForms {
    mutating func addMoves() {
        for register in Self.operands {
            let name = Self.name(register, 4)
            for place in Self.places where place != .register(register) {
                let other = Self.name(place)
                add("mov \(name), \(other)") { $0.move(register, from: place) }
                add("mov \(other), \(name)") { $0.move(place, from: register) }
                guard let source = place.register else { continue }
                add("movsxd \(Self.name(register, 8)), \(other)") {
                    $0.moveSigned(register, from: source)
                }
            }
            add("xor \(name), \(name)") { $0.clear(register) }
            add("test \(name), \(name)") { $0.testZero(register) }
            let kinds: [(HostAssembler.LoadKind, String, Int)] = [
                (.unsignedByte, "movzx", 1), (.unsignedHalf, "movzx", 2),
                (.signedByte, "movsx", 1), (.signedHalf, "movsx", 2),
            ]
            for (kind, operation, byteCount) in kinds {
                for place in Self.places {
                    let size = byteCount == 1 ? "byte" : "word"
                    let text =
                        place.register.map { Self.name($0, byteCount) }
                        ?? Self.name(place).replacing("dword", with: size)
                    add("\(operation) \(name), \(text)") { $0.extend(kind, register, place) }
                }
            }
            for other in Self.operands {
                add("mov \(Self.name(register, 8)), \(Self.name(other, 8))") {
                    $0.moveWide(register, from: other)
                }
            }
        }
        for place in Self.places {
            for value in Self.immediates {
                add("mov \(Self.name(place)), \(Self.number(value))") {
                    $0.move(place, immediate: value)
                }
            }
        }
    }

    mutating func addArithmetic() {
        let kinds: [(HostArithmetic, String)] = [
            (.add, "add"), (.or, "or"), (.adc, "adc"), (.sbb, "sbb"), (.and, "and"),
            (.sub, "sub"), (.xor, "xor"), (.cmp, "cmp"),
        ]
        for (kind, name) in kinds {
            for place in Self.places {
                let text = Self.name(place)
                for register in Self.operands {
                    let other = Self.name(register, 4)
                    add("\(name) \(other), \(text)") { $0.arithmetic(kind, register, place) }
                    add("\(name) \(text), \(other)") { $0.arithmetic(kind, place, register) }
                }
                for value in Self.immediates {
                    add("\(name) \(text), \(Self.number(value))") {
                        $0.arithmetic(kind, place, immediate: value)
                    }
                }
            }
        }
        add("sbb rcx, rcx") { $0.arithmetic(.sbb, .rcx, .register(.rcx), wide: true) }
        for value in [0x10_0000 - 1, 0x7fff_ffff, 128] as [UInt32] {
            add("sub r13, \(Self.number(value))") {
                $0.arithmetic(.sub, .register(.r13), immediate: value, wide: true)
            }
            add("sbb r13, \(Self.number(value))") {
                $0.arithmetic(.sbb, .register(.r13), immediate: value, wide: true)
            }
            add("add r13, \(Self.number(value))") {
                $0.arithmetic(.add, .register(.r13), immediate: value, wide: true)
            }
        }
        for place in Self.places {
            add("not \(Self.name(place))") { $0.complement(place) }
            add("neg \(Self.name(place))") { $0.negate(place) }
        }
    }

    mutating func addAddresses() {
        for target in Self.operands {
            let name = Self.name(target, 4)
            for base in Self.operands {
                for displacement in Self.displacements + [0x0030_0000, .min, .max]
                where displacement != 0 {
                    let distance = Self.distance(displacement)
                    add("lea \(name), [\(Self.name(base, 8))\(distance)]") {
                        $0.add(target, base, displacement: UInt32(bitPattern: displacement))
                    }
                }
                for index in Self.operands {
                    let swaps = base.rawValue & 7 == 5
                    let (first, second) = swaps ? (index, base) : (base, index)
                    add("lea \(name), [\(Self.name(first, 8)) + \(Self.name(second, 8))]") {
                        $0.add(target, base, index)
                    }
                    for shift in 1..<4 as Range<UInt8> {
                        let scaled = "\(1 << shift)*\(Self.name(index, 8))"
                        add("lea \(name), [\(Self.name(base, 8)) + \(scaled)]") {
                            $0.add(target, base, index, shiftedBy: shift)
                        }
                    }
                }
            }
        }
    }

    mutating func addShifts() {
        let kinds: [(HostShift, String)] = [
            (.left, "shl"), (.rightLogical, "shr"), (.rightArithmetic, "sar"),
        ]
        for (kind, name) in kinds {
            for place in Self.places {
                for count in [2, 16, 31] as [UInt8] {
                    add("\(name) \(Self.name(place)), \(Self.number(UInt32(count)))") {
                        $0.shift(kind, place, by: count)
                    }
                }
                for target in Self.operands {
                    for count in [HostRegister.rcx, .rbp, .rsi, .r8, .r12, .r14] {
                        let operands = "\(Self.name(place)), \(Self.name(count, 4))"
                        add("\(name)x \(Self.name(target, 4)), \(operands)") {
                            $0.shift(kind, target, place, by: count)
                        }
                    }
                }
            }
            add("\(name) rax, 0x20") { $0.shift(kind, .register(.rax), by: 32, wide: true) }
        }
        for target in Self.operands {
            for source in Self.places {
                add("rorx \(Self.name(target, 4)), \(Self.name(source)), 0x2") {
                    $0.rotateRight(target, source, by: 2)
                }
            }
            for filling in Self.operands {
                let operands = "\(Self.name(target, 4)), \(Self.name(filling, 4)), 0x5"
                add("shld \(operands)") { $0.shift(.left, target, filling: filling, by: 5) }
                add("shrd \(operands)") {
                    $0.shift(.rightLogical, target, filling: filling, by: 5)
                }
            }
        }
    }

    mutating func addConditions() {
        let conditions: [(HostCondition, String)] = [
            (.below, "b"), (.aboveOrEqual, "ae"), (.equal, "e"), (.notEqual, "ne"),
            (.belowOrEqual, "be"), (.above, "a"), (.less, "l"), (.greaterOrEqual, "ge"),
            (.lessOrEqual, "le"), (.greater, "g"),
        ]
        for (condition, suffix) in conditions {
            for register in Self.operands {
                add("set\(suffix) \(Self.name(register, 1))") { $0.set(register, if: condition) }
            }
            for target in Self.operands {
                for place in Self.places {
                    add("cmov\(suffix) \(Self.name(target, 4)), \(Self.name(place))") {
                        $0.move(target, from: place, if: condition)
                    }
                }
            }
            let here = assembler.count
            let target = Self.number(UInt32(here))
            add("j\(suffix) \(target)") { $0.jump(if: condition, back: here) }
            add("j\(suffix) 0x0") { $0.jump(if: condition, back: 0) }
            add("j\(suffix) \(target)") { $0.point($0.jump(if: condition), at: here) }
        }
        let here = assembler.count
        let target = Self.number(UInt32(here))
        add("jmp \(target)") { $0.jump(back: here) }
        add("jmp 0x0") { $0.jump(back: 0) }
        add("jmp \(target)") { $0.point($0.jump(), at: here) }
        // The shortest distance that takes 32 bits, and the longest that does not.
        while assembler.count < here + 126 { add("ret") { $0.returnToCaller() } }
        add("jmp \(target)") { $0.jump(back: here) }
        add("jmp \(target)") { $0.jump(back: here) }
        for register in Self.operands {
            for mask in [1, 3] as [UInt8] {
                add("test \(Self.name(register, 1)), \(Self.number(UInt32(mask)))") {
                    $0.test(register, lowBits: mask)
                }
            }
        }
    }

    mutating func addMultiplications() {
        for target in Self.operands {
            for place in Self.places {
                let operands = "\(Self.name(target, 4)), \(Self.name(place))"
                add("imul \(operands)") { $0.multiply(target, place) }
                for value in [3, 0xffff_fffb, 0x8000_0000] as [UInt32] {
                    add("imul \(operands), \(Self.number(value))") {
                        $0.multiply(target, place, immediate: value)
                    }
                }
                guard place.isRegister else { continue }
                add("imul \(Self.name(target, 8)), \(Self.name(place, 8))") {
                    $0.multiply(target, place, wide: true)
                }
            }
            add("div \(Self.name(target, 4))") { $0.divideUnsigned(by: target) }
            add("idiv \(Self.name(target, 4))") { $0.divideSigned(by: target) }
        }
        add("cdq") { $0.extendSignIntoDX() }
    }

    mutating func addMemory() {
        let loads: [(HostAssembler.LoadKind, String, String)] = [
            (.word, "mov", "dword"), (.signedHalf, "movsx", "word"),
            (.unsignedHalf, "movzx", "word"), (.signedByte, "movsx", "byte"),
            (.unsignedByte, "movzx", "byte"),
        ]
        for base in Self.operands.map(Optional.some) + [nil] {
            let displacements = base == nil ? [0x400, 0x0030_0000, .max] : Self.displacements
            for displacement in displacements {
                let index = base.map { " + " + Self.name($0, 8) } ?? ""
                let memory = "ptr [r15\(index)\(Self.distance(displacement))]"
                for (kind, name, size) in loads {
                    for target in [HostRegister.rax, .rbx, .rsi, .rbp, .r8, .r12, .r14] {
                        add("\(name) \(Self.name(target, 4)), \(size) \(memory)") {
                            $0.load(kind, target, base, displacement)
                        }
                    }
                }
                for (byteCount, size) in [(1, "byte"), (2, "word"), (4, "dword")] {
                    for source in [HostRegister.rax, .rdx, .rbx, .rsi, .rbp, .r8, .r12, .r14] {
                        add("mov \(size) \(memory), \(Self.name(source, byteCount))") {
                            $0.store(byteCount: UInt8(byteCount), source, base, displacement)
                        }
                    }
                    for value in [0, 0x1234_5678, 0xffff_ffff] as [UInt32] {
                        add("mov \(size) \(memory), \(Self.number(value))") {
                            $0.store(
                                byteCount: UInt8(byteCount), immediate: value, base, displacement)
                        }
                    }
                }
            }
        }
    }

    mutating func addEntryAndExits() {
        for register in Self.registers {
            add("push \(Self.name(register, 8))") { $0.push(register) }
            add("pop \(Self.name(register, 8))") { $0.pop(register) }
            for base in [HostRegister.rsp, .rdi] {
                for displacement in [128, 136, 144] as [UInt32] {
                    let memory = "qword ptr [\(Self.name(base, 8)) + \(Self.number(displacement))]"
                    let name = Self.name(register, 8)
                    add("mov \(name), \(memory)") { $0.loadWide(register, base, displacement) }
                    add("mov \(memory), \(name)") { $0.storeWide(register, base, displacement) }
                }
            }
        }
        add("mov dword ptr [rsp + 0xa4], eax") { $0.storeAX(164) }
        add("mov dword ptr [rsp + 0x98], edx") { $0.storeDX(152) }
        add("mov edx, dword ptr [rsp + 0x98]") { $0.loadDX(152) }
        for register in Self.operands {
            let index = Self.name(register, 8)
            add("lea r13, [r13 + 2*\(index) + 0x2]") {
                $0.addWide(.r13, register, shiftedBy: 1, displacement: 2)
            }
            add("lea \(index), [\(index) + 4*rcx - 0x80]") {
                $0.addWide(register, .rcx, shiftedBy: 2, displacement: -128)
            }
        }
        add("mov dword ptr [rsp + 0xa0], 0x5") { $0.store(immediate: 5, 160) }
        add("jmp qword ptr [rsp + 0x98]") { $0.jumpThroughContext(152) }
        add("ret") { $0.returnToCaller() }
    }
}
