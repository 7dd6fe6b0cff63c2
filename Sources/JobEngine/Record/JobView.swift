package import Bytes
internal import EthereumCodec

/// All that the API shows of a job, as of one commit.
package struct JobView: Hashable, Sendable {
    package let record: JobRecord
    package let request: JobRequest
    package let onchainInput: [UInt8]
    /// Nil until the job is DONE; kept when a result could not be posted.
    package let output: JobOutput?

    package init(
        record: JobRecord, request: JobRequest, onchainInput: [UInt8], output: JobOutput?
    ) {
        self.record = record
        self.request = request
        self.onchainInput = onchainInput
        self.output = output
    }

    /// The view of stored parts; throws when the stored request is not one.
    package init(
        record: JobRecord, request: JobRequest, output: JobOutput?
    ) throws(StoredValueError) {
        let onchainInput = try request.onchainInput(origin: record.origin)
        self.init(record: record, request: request, onchainInput: onchainInput, output: output)
    }

    /// The same job after a change.
    package func updated(_ record: JobRecord, output: JobOutput? = nil) -> JobView {
        JobView(
            record: record, request: request, onchainInput: onchainInput,
            output: output ?? self.output)
    }

    package var id: JobID { record.id }
    package var status: JobStatus { record.status }

    /// About how many bytes of memory the view takes.
    package var byteCount: Int {
        640 + request.encoded.count + onchainInput.count
            + (output?.resultWithMetadata.count ?? 0)
    }
}

extension JobRequest {
    /// The on-chain input, which for jobs of the API is a part of the request.
    package func onchainInput(origin: JobOrigin) throws(StoredValueError) -> [UInt8] {
        guard origin != .onchain else { return encoded }
        do throws(ABIError) {
            return try OffchainJobRequest(decoding: encoded.span).onchainInput
        } catch {
            throw .fieldInvalid("request")
        }
    }
}
