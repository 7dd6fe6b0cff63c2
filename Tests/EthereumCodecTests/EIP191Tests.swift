import Bytes
import EthCrypto
import EthereumCodec
import TestSupport
import Testing

@Suite struct EIP191Tests {
    /// eth-account's signed messages are the judge.
    @Test func digestsAndSignaturesMatchTheOracle() throws {
        let lines = try PythonOracle.lines("EthCryptoTests/Oracles/signatures.py", ["77", "300"])
        #expect(lines.count == 300)
        for line in lines {
            let field = line.split(separator: " ").map(String.init)
            let key = try PrivateKey(try #require(Hex.decode(field[0])))
            let digest = EIP191.digest(try bytes(field[4]))
            #expect(digest.hex == field[5])
            #expect(Hex.encode(key.sign(digest).bytes65) == field[6])
        }
    }
}
