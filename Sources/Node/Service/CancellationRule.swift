internal import Bytes
internal import EthCrypto
internal import EthereumCodec
internal import JobEngine
internal import NodeAPI

/// Who may take a job back: the account that signed its request.
enum CancellationRule {
    static func check(_ signature: [UInt8], cancels record: JobRecord) throws(APIError) {
        guard !signature.isEmpty else {
            throw APIError(.signatureEmpty, "signature must not be empty")
        }
        let digest = EIP191.digest(JobCancellation.message(for: record.id))
        let signer: Address
        do throws(SignatureError) {
            signer = try RecoverableSignature(parsing: signature).recoverAddress(digest)
        } catch .highS {
            throw APIError(
                .signatureHighS, "signature has a high s; send the form with the low one")
        } catch {
            throw APIError(.signatureInvalid, "signature is not valid: \(error)")
        }
        guard signer == record.signer else {
            throw APIError(
                .signerNotAllowed,
                "\(signer) did not sign the job; only \(record.signer) may cancel it")
        }
    }
}
