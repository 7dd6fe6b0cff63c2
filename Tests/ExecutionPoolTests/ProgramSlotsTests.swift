import Bytes
import TestSupport
import Testing

@testable import ExecutionPool

@Suite struct ProgramSlotsTests {
    private func program(_ number: Int) -> ProgramID {
        ProgramID(Hash32(words: 0, 0, 0, UInt64(number)))
    }

    @Test func theLongestUnusedProgramLeaves() {
        var slots = ProgramSlots(countMax: 2, byteCountMax: 1000)
        #expect(slots.use(program(1)) == nil)
        #expect(slots.place(program(1), byteCount: 10) == .init(slot: 0, unloaded: []))
        #expect(slots.place(program(2), byteCount: 10) == .init(slot: 1, unloaded: []))
        #expect(slots.use(program(1)) == 0)
        #expect(slots.place(program(3), byteCount: 10) == .init(slot: 1, unloaded: [1]))
        #expect(slots.use(program(1)) == 0)
        #expect(slots.use(program(2)) == nil)
        #expect(slots.use(program(3)) == 1)
    }

    @Test func bytesAreBoundedToo() {
        var slots = ProgramSlots(countMax: 10, byteCountMax: 100)
        for number in 0..<4 { _ = slots.place(program(number), byteCount: 25) }
        #expect(slots.place(program(4), byteCount: 60).unloaded == [0, 1, 2])
        #expect(slots.use(program(3)) == 3)
        #expect(slots.use(program(4)) == 0)
    }

    @Test func aProgramAboveTheLimitIsKeptAlone() {
        var slots = ProgramSlots(countMax: 10, byteCountMax: 100)
        _ = slots.place(program(1), byteCount: 50)
        #expect(slots.place(program(2), byteCount: 5_000).unloaded == [0])
        #expect(slots.use(program(2)) == 0)
        #expect(slots.place(program(3), byteCount: 1).unloaded == [0])
    }

    /// The node's picture and what an executor that obeys would hold never differ, and neither
    /// limit is passed.
    @Test func bothSidesAgree() {
        var random = SeededRandom(seed: 12)
        var slots = ProgramSlots(countMax: 5, byteCountMax: 100)
        var held: [UInt16: (program: Int, byteCount: Int)] = [:]
        for _ in 0..<10_000 {
            let number = Int.random(in: 0..<12, using: &random)
            if let slot = slots.use(program(number)) {
                #expect(held[slot]?.program == number)
            } else {
                #expect(!held.values.contains { $0.program == number })
                let byteCount = Int.random(in: 0...100, using: &random)
                let placement = slots.place(program(number), byteCount: byteCount)
                for slot in placement.unloaded { #expect(held.removeValue(forKey: slot) != nil) }
                #expect(held.updateValue((number, byteCount), forKey: placement.slot) == nil)
            }
            #expect(held.count <= 5)
            #expect(held.values.reduce(0) { $0 + $1.byteCount } <= 100)
            #expect(held.keys.allSatisfy { $0 < 5 })
        }
    }
}
