internal import Bytes
internal import FoundationEssentials

/// The rules for identifiers in requests, worded as the reference words them.
enum FieldRules {
    static func jobID(_ bytes: some Collection<UInt8>) throws(APIError) -> JobID {
        guard let id = JobID(Array(bytes)) else {
            throw APIError(
                .invalidField, "job ID must be 32 bytes in length, but job_id has \(bytes.count)")
        }
        return id
    }

    static func programID(_ bytes: some Collection<UInt8>) throws(APIError) -> ProgramID {
        guard let id = ProgramID(Array(bytes)) else {
            throw APIError(
                .programIDInvalid,
                "program ID must be 32 bytes in length, but program_id has \(bytes.count)")
        }
        return id
    }

    static func consumer(_ bytes: some Collection<UInt8>) throws(APIError) -> Address {
        guard let address = Address(Array(bytes)) else {
            throw APIError(
                .invalidField,
                "contract address must be 20 bytes in length, but consumer_address has \(bytes.count)"
            )
        }
        return address
    }
}
