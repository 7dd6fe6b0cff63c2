import Testing

@testable import RISCV

/// Every instruction form that the translator can write, read back by LLVM's disassembler.
@Suite struct HostAssemblerTests {
    @Test func everyFormReadsBack() throws {
        var forms = try EncodedForms()
        forms.addMoves()
        forms.addArithmetic()
        forms.addAddresses()
        forms.addShifts()
        forms.addConditions()
        forms.addMultiplications()
        forms.addMemory()
        forms.addEntryAndExits()
        let expected = forms.expected
        let found = try HostDisassembler.lines(forms.assembler.bytes)
        try #require(expected.count > 5000)
        #expect(found.count == expected.count)
        var wrongCount = 0
        for (wanted, line) in zip(expected, found) {
            let isSame =
                wanted.offset == line.offset
                && EncodedForms.normal(wanted.text) == EncodedForms.normal(line.text)
            // One wrong length makes all that follows wrong.
            if !isSame, wrongCount < 10 {
                wrongCount += 1
                Issue.record("wanted \(wanted), the disassembler reads \(line)")
            }
        }
    }

    /// The jump through the table of entries: two instructions.
    @Test func theJumpThroughTheTableReadsBack() throws {
        var assembler = try HostAssembler(capacity: 64)
        assembler.jumpThroughTable(at: -64)
        let found = try HostDisassembler.lines(assembler.bytes).map(\.text)
        #expect(found == ["lea rcx, [rip - 0x47]", "jmp qword ptr [rcx + 8*rax]"])
    }

    /// What eax has is not loaded again, until eax or the slot changes or code may come from elsewhere.
    @Test func whatIsHeldIsNotLoadedAgain() throws {
        var assembler = try HostAssembler(capacity: 256)
        assembler.move(.slot(5), from: .rax)
        assembler.move(.rax, from: .slot(5))
        assembler.arithmetic(.add, .rbx, .slot(5))
        assembler.move(.rcx, from: .slot(5))
        assembler.arithmetic(.add, .slot(6), immediate: 1)
        assembler.arithmetic(.cmp, .slot(5), immediate: 1)
        assembler.arithmetic(.add, .slot(5), immediate: 1)
        assembler.move(.rax, from: .slot(5))
        assembler.set(.rax, if: .equal)
        assembler.move(.rcx, from: .slot(5))
        assembler.move(.rax, from: .slot(5))
        assembler.forgetHeld()
        assembler.move(.rcx, from: .slot(5))
        let found = try HostDisassembler.lines(assembler.bytes).map(\.text)
        let slot = "dword ptr [rsp + 0x14]"
        #expect(
            found.map(EncodedForms.normal)
                == [
                    "mov \(slot), eax", "add ebx, eax", "mov ecx, eax",
                    "add dword ptr [rsp + 0x18], 0x1", "cmp eax, 0x1", "add \(slot), 0x1",
                    "mov eax, \(slot)", "sete al", "mov ecx, \(slot)", "mov eax, \(slot)",
                    "mov ecx, \(slot)",
                ].map(EncodedForms.normal))
    }

    /// What is put in front of the targets of loops does nothing, whatever its length.
    @Test(arguments: 0..<16)
    func theFillingIsNothing(length: Int) throws {
        var assembler = try HostAssembler(capacity: 256)
        for _ in 0..<16 - length { assembler.returnToCaller() }
        assembler.alignTarget()
        #expect(assembler.count == 16)
        let found = try HostDisassembler.lines(assembler.bytes).dropFirst(16 - length)
        #expect(found.allSatisfy { $0.text.hasPrefix("nop") })
        #expect(found.count <= 2)
    }
}
