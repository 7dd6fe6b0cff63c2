/// The formats of instruction words (The RISC-V Instruction Set Manual, volume I, 2.2 and 2.3).
enum InstructionFormat: Sendable {
    case register, immediate, shift, store, branch, upper, jump
    /// Nothing is taken apart.
    case whole

    /// Where the parts of a word are: masks.
    struct Layout: Sendable {
        /// Those of the registers that are there once the word is one bit to the left: the destination and the
        /// first source, each in a byte.
        var left1: UInt32 = 0
        /// That of the second source four bits to the left.
        var left4: UInt32 = 0
        /// The bits of the immediate that are 20 lower than in the word; the top bit fills what is above.
        var down20: UInt32 = 0
        /// Those where they are in the word.
        var inPlace: UInt32 = 0
        /// Those 7 lower, those 9 lower, and those 4 higher.
        var down7: UInt32 = 0
        var down9: UInt32 = 0
        var up4: UInt32 = 0

        /// The registers of a word: the destination in the second byte, then the sources; 0 where there is none.
        @inline(__always)
        func registers(_ word: UInt32) -> UInt32 { word &<< 1 & left1 | word &<< 4 & left4 }

        /// The immediate of a word.
        @inline(__always)
        func immediate(_ word: UInt32) -> UInt32 {
            let signed = UInt32(bitPattern: Int32(bitPattern: word) &>> 20)
            return signed & down20 | word & inPlace | word &>> 7 & down7 | word &>> 9 & down9
                | word &<< 4 & up4
        }
    }

    /// The layout of the words of the format.
    var layout: Layout {
        switch self {
        case .register: Layout(left1: 0x1f_1f00, left4: 0x1f00_0000)
        case .immediate: Layout(left1: 0x1f_1f00, down20: ~0)
        case .shift: Layout(left1: 0x1f_1f00, down20: 0x1f)
        case .store: Layout(left1: 0x1f_0000, left4: 0x1f00_0000, down20: ~0x1f, down7: 0x1f)
        case .branch:
            Layout(left1: 0x1f_0000, left4: 0x1f00_0000, down20: ~0x81f, down7: 0x1e, up4: 0x800)
        case .upper: Layout(left1: 0x1f00, inPlace: ~0xfff)
        case .jump:
            Layout(left1: 0x1f00, down20: ~0xf_f801, inPlace: 0xf_f000, down9: 0x800)
        case .whole: Layout(inPlace: ~0)
        }
    }
}
