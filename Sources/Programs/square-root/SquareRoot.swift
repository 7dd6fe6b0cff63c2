// The integer square root, InfinityVM's first example.
//
//   on-chain input   abi.encode(uint256 number)
//   output           abi.encode(uint256 number, uint256 root), root = floor(sqrt(number))
//
// An input that is not 32 bytes long fails the job.
import Tandem

/// Newton's method from above: 2^k with k half the number's bits, rounded up, is at least the root,
/// and each step comes closer until one does not, which is the floor. The steps double the right
/// digits.
func squareRoot(of number: UInt256) -> UInt256 {
    if number == 0 { return 0 }
    var root = UInt256(1) << ((number.bitWidth + 1) / 2)
    while true {
        let closer = (root + number / root) >> 1
        if closer >= root { return root }
        root = closer
    }
}

guard let number = UInt256(bigEndian: Program.onchainInput) else {
    Program.fail("the input is not one ABI word")
}
Program.commit(number)
Program.commit(squareRoot(of: number))
