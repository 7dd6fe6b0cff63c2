package import Bytes
package import EthCrypto
internal import EthereumCodec

extension JobOutput {
    /// Builds the result of a job in the form that belongs to its origin and signs it as the
    /// operator: EIP-191 over the ABI encoding (reference/infinityvm.md).
    package init(
        of record: JobRecord, onchainInput: [UInt8], programOutput: [UInt8],
        operatorKey: PrivateKey
    ) {
        let encoded = Self.resultWithMetadata(
            of: record, onchainInput: onchainInput, programOutput: programOutput)
        let signature = operatorKey.sign(EIP191.digest(encoded))
        self.init(
            resultWithMetadata: encoded, operatorSignature: signature.bytes65,
            operatorAddress: operatorKey.address)
    }

    /// The ABI encoding of the result tuple.
    package static func resultWithMetadata(
        of record: JobRecord, onchainInput: [UInt8], programOutput: [UInt8]
    ) -> [UInt8] {
        let onchainInputHash = Keccak256.hash(onchainInput)
        switch record.origin {
        case .onchain:
            return ResultWithMetadata(
                jobID: record.id, onchainInputHash: onchainInputHash,
                maxCycles: record.maxCycles, programID: record.programID.bytes,
                result: programOutput
            ).encoded()
        case .offchainA, .offchainB:
            return OffchainResultWithMetadata(
                jobID: record.id, onchainInputHash: onchainInputHash,
                offchainInputHash: record.offchainInputHash, maxCycles: record.maxCycles,
                programID: record.programID.bytes, result: programOutput,
                dialectFields: record.stateHash.map { .a(stateHash: $0) }
                    ?? .b(versionedBlobHashes: [])
            ).encoded()
        }
    }

    /// What the program put out: the `result` field of the tuple; nil when the tuple is not one of
    /// this job.
    package func programOutput(of record: JobRecord) -> [UInt8]? {
        do throws(ABIError) {
            if record.origin == .onchain {
                let result = try ResultWithMetadata(decoding: resultWithMetadata.span)
                return result.jobID == record.id ? result.result : nil
            }
            let result = try OffchainResultWithMetadata(decoding: resultWithMetadata.span)
            return result.jobID == record.id ? result.result : nil
        } catch {
            return nil
        }
    }

    /// Why this is not the signed result of that job; nil when it is (DESIGN.md invariant 3).
    /// `expectedOperator` is the operator that must have signed; nil for whoever is named here.
    package func violation(
        of record: JobRecord, onchainInput: [UInt8], expectedOperator: Address?
    ) -> String? {
        guard let programOutput = programOutput(of: record),
            resultWithMetadata
                == Self.resultWithMetadata(
                    of: record, onchainInput: onchainInput, programOutput: programOutput)
        else { return "the result does not belong to the job" }
        guard let signer = recoveredOperator else { return "the operator signature is not valid" }
        guard signer == expectedOperator ?? operatorAddress else {
            return "the result is signed by \(signer), not by the operator "
                + "\(expectedOperator ?? operatorAddress)"
        }
        return nil
    }

    private var recoveredOperator: Address? {
        do throws(SignatureError) {
            return try RecoverableSignature(parsing: operatorSignature)
                .recoverAddress(EIP191.digest(resultWithMetadata))
        } catch {
            return nil
        }
    }
}
