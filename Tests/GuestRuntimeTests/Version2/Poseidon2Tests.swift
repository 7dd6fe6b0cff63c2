import Bytes
import RISCV
import TestSupport
import Testing

@testable import GuestRuntime

/// Against the digests that the risc0 repository publishes (binfmt's tests of its memory image, and the
/// guest that tests the machine's hash call).
@Suite struct Poseidon2Tests {
    /// The root of 4 GiB of zeros, and of each half of such a tree down to the page.
    private static let zeroDigests = [
        "f85c5a32ccc45c22f9686b08d710d4597d7ce256cdcd63146426270d9432c644",
        "2ce7714c40af126c2e86f320b10de417eddd8f51d2b9133d3105c3541a154812",
        "889c443e0c55734c0212fe6c400f00423c421f2070b1340351e77826e4918274",
        "53ea92273a7dfb7622de685c49f4ce1bd69db1696cd6846e9f5de56c89098b01",
        "82db13229831cb2ad63df0476dc1f217c702503d46770c283b6ecc1520fff074",
        "45cba5321f90c34b780d5d1790f23612fb834b3d21dc1e53594826470719ba34",
        "132689262568ae5ac27a4b65018aef0b2e4345578a16453acd874973a61c6350",
        "9fc9626e87aa3614eb38b44d9d832712fb2ea32427c6fd49281ca225f1fefd0d",
        "70947164fe9a4353fa33fb024f09ea0df24be40d88b6025278a3472ac49e6715",
        "4b707f15d9941c0168d630618cdcc05ccae5d84ab9674a6666123a0039915173",
        "97fb1325724ddb74b1446b5bfa13f02c2ecb1b2b2a2f5b1334a04c5c76335d12",
        "adba743a459eb5357487a1238a0c4c238b8313458283900447e9b8540adfb042",
        "a16e68725fe981434dcca548e972214b2dd85e017c3a4e03909a0f4c31a08741",
        "fb94f356397279703f12c24da7aa371e192294347af15d46f10ab512708cdb68",
        "30a2fe1aa5c2ae0e10b91074e34b06742be91e450a9bc10f28ab082263c48750",
        "2347f636d9a0ea45bbe8bf519f39d3127f72b625e2e5495f26a6dd583eb2965d",
        "e43d140e71e366521152d932e846c73535674921576711023deaee06de3b091e",
        "35500a740d3a8b4e5a0ca06a8362f3444456e3206826102dd9e9bc3e5a1a5a18",
        "7c650c1a2000ef1a9baf4f56c2d66e76a3a0b4510175b171268d156a25d8dd45",
        "d73a1e0997a00543afd8de5261f316704215ce384e3ea13df3f87e000f04fb5f",
        "5b77f60275cb272fa0a3d267bdf1fc15021dbe7185ed6a3c94e45d70bbd70148",
        "e053c93b359c8905c5d8523139988b0ed4ef3426864a80498dfcb91d9b813364",
        "242ce034cc4e9326f8b7071124454b2be1a1cd5d21b6483c7ff81d4ba5ac9566",
    ]

    @Test func treesOfZeros() {
        var digest = ImageIDV2.digest(ofPage: [UInt8](repeating: 0, count: 1024).span)
        for expected in Self.zeroDigests.reversed() {
            #expect(ImageIDV2.bytes(of: digest).hex == expected)
            digest = ImageIDV2.digest(left: digest, right: digest)
        }
    }

    /// A kernel of one word: its entry, and the two words that say where the machine starts.
    @Test func rootOfOneWord() {
        let kernel = ELFImage(
            entry: 0x10000,
            chunks: [.init(address: 0x10000, bytes: [0x37, 0xb3, 0x34, 0x12])],
            text: 0x10000..<0x10004)
        let memory = InitialMemory(kernel: kernel)
        let root = ImageIDV2.merkleRoot(memory).hex
        #expect(root == "9d41290fa400705127c0240cb646586cc6ea8a23d560aa57cfa86c1369d9d53f")
    }

    @Test func permutations() {
        var cells = Poseidon2.Cells(repeating: 0)
        for index in 0..<16 { cells[index] = UInt32(index) }
        Poseidon2.permute(&cells)
        let first: [UInt32] = [
            1_749_308_481, 879_447_913, 499_502_012, 1_842_374_203, 1_869_354_733, 71_489_094,
            19_273_002, 690_566_044,
        ]
        #expect((0..<8).map { cells[$0] } == first)
        for index in 0..<16 { cells[index] = UInt32(index + 16) }
        Poseidon2.permute(&cells)
        let second: [UInt32] = [
            1_257_374_621, 1_235_708_219, 1_590_109_606, 1_571_950_965, 936_452_277, 615_799_448,
            844_422_484, 1_109_152_478,
        ]
        #expect((0..<8).map { cells[$0] } == second)
    }

    /// Values of 32 bits stand for what they are modulo the prime.
    @Test func valuesAreReduced() {
        var random = SeededRandom(seed: 1_011)
        for _ in 0..<200 {
            var plain = Poseidon2.Cells(repeating: 0)
            var large = Poseidon2.Cells(repeating: 0)
            for index in 0..<24 {
                let value = UInt32.random(in: 0..<(.max - 2_013_265_921), using: &random)
                plain[index] = value % 2_013_265_921
                large[index] = plain[index] + 2_013_265_921
            }
            Poseidon2.permute(&plain)
            Poseidon2.permute(&large)
            #expect((0..<24).allSatisfy { plain[$0] == large[$0] && plain[$0] < 2_013_265_921 })
        }
    }
}
