import RISCV

// These are `mutating` because the compiler copies a whole core to lend it to a method that is not.
extension GuestCore {
    /// The integer at an address, its least significant limb first. The type says how many limbs it has.
    mutating func limbs<let count: Int>(
        at address: UInt32
    ) throws(GuestStop) -> InlineArray<count, UInt64> {
        var limbs = InlineArray<count, UInt64>(repeating: 0)
        do throws(GuestMemoryError) {
            var span = limbs.mutableSpan
            try machine.memory.readLimbs(address, into: &span)
        } catch { throw GuestStop(error) }
        return limbs
    }

    /// The integer at an address, of a width that precompiles read most.
    @inline(__always)
    mutating func limbs(at address: UInt32) throws(GuestStop) -> InlineArray<4, UInt64> {
        do throws(GuestMemoryError) {
            return try machine.memory.fourLimbs(at: address)
        } catch { throw GuestStop(error) }
    }

    /// The integer at an address, of the other width that precompiles read most.
    @inline(__always)
    mutating func limbs(at address: UInt32) throws(GuestStop) -> InlineArray<8, UInt64> {
        do throws(GuestMemoryError) {
            return try machine.memory.eightLimbs(at: address)
        } catch { throw GuestStop(error) }
    }

    /// Writes an integer to the guest's memory.
    @inline(__always)
    mutating func store<let count: Int>(
        _ limbs: InlineArray<count, UInt64>, at address: UInt32
    ) throws(GuestStop) {
        do throws(GuestMemoryError) {
            if try machine.memory.writeLimbs(address, limbs.span) { machine.textIsModified = true }
        } catch { throw GuestStop(error) }
    }

    /// The address in a register, which has to be a multiple of 4.
    @inline(__always)
    mutating func wordAddress(
        _ register: Register, _ name: @autoclosure () -> String
    ) throws(GuestStop) -> UInt32 {
        let address = self.register(register)
        guard address & 3 == 0 else {
            throw .invalid("\(name()) at \(HexText.word(address)): a multiple of 4 is needed")
        }
        return address
    }
}
