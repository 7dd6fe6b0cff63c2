import Bytes
import EthereumCodec
import TestSupport
import Testing

/// web3.py and eth-abi are the judges.
@Suite struct ContractTests {
    @Test func callsEventsAndReturnsMatchTheOracle() throws {
        let lines = try PythonOracle.lines(
            "EthereumCodecTests/Oracles/contracts.py", ["20261121", "60"])
        #expect(lines.count == 60 * 29)
        for line in lines {
            let field = line.split(separator: " ").map(String.init)
            switch field[0] {
            case "manager": #expect(try managerCall(field).calldata == encoding(field))
            case "consumer": #expect(try consumerCall(field).calldata == encoding(field))
            case "event": try checkEvent(field)
            case "return": try checkReturn(field)
            default: try checkRevert(field)
            }
        }
    }

    private func encoding(_ field: [String]) throws -> [UInt8] {
        try #require(Hex.decode(field[field.count - 1]))
    }

    private func managerCall(_ field: [String]) throws -> JobManagerCall {
        switch field[1] {
        case "createJob":
            .createJob(
                nonce: try number(field[2]), programID: try bytes(field[3]),
                onchainInput: try bytes(field[4]), maxCycles: try number(field[5]))
        case "cancelJob": .cancelJob(try job(field[2]))
        case "submitResult":
            .submitResult(result: try bytes(field[2]), signature: try bytes(field[3]))
        case "submitResultForOffchainJob":
            .submitResultForOffchainJob(
                result: try bytes(field[2]), signatureOnResult: try bytes(field[3]),
                request: try bytes(field[4]), signatureOnRequest: try bytes(field[5]))
        case "getJobMetadata": .getJobMetadata(try job(field[2]))
        case "setRelayer": .setRelayer(try address(field[2]))
        case "getRelayer": .getRelayer
        case "setCoprocessorOperator": .setCoprocessorOperator(try address(field[2]))
        default: .getCoprocessorOperator
        }
    }

    private func consumerCall(_ field: [String]) throws -> ConsumerCall {
        switch field[1] {
        case "isValidSignature":
            .isValidSignature(digest: try hash(field[2]), signature: try bytes(field[3]))
        case "getNextNonce": .getNextNonce
        case "getOnchainInputForJob": .getOnchainInputForJob(try job(field[2]))
        case "getOffchainInputHashForJob": .getOffchainInputHashForJob(try job(field[2]))
        case "getStateHashForJob": .getStateHashForJob(try job(field[2]))
        case "setInputsForJob":
            .setInputsForJob(
                jobID: try job(field[2]), onchainInput: try bytes(field[3]),
                offchainInputHash: try hash(field[4]), stateHash: try hash(field[5]))
        case "updateLatestNonce": .updateLatestNonce(try number(field[2]))
        case "receiveResult":
            .receiveResult(jobID: try job(field[2]), result: try bytes(field[3]))
        default: .cancelJob(try job(field[2]))
        }
    }

    private func checkEvent(_ field: [String]) throws {
        let expected: JobManagerEvent =
            switch field[1] {
            case "JobCreated":
                .jobCreated(
                    JobManagerEvent.JobCreated(
                        jobID: try job(field[2]), nonce: try number(field[3]),
                        consumer: try address(field[4]), maxCycles: try number(field[5]),
                        programID: try bytes(field[6]), onchainInput: try bytes(field[7])))
            case "JobCancelled": .jobCancelled(try job(field[2]))
            default: .jobCompleted(jobID: try job(field[2]), result: try bytes(field[3]))
            }
        let topics = try field[field.count - 2].split(separator: ",").map {
            try #require(Hash32(hex: String($0)))
        }
        let log = EventLog(address: .zero, topics: topics, data: try bytes(field[field.count - 1]))
        #expect(try JobManagerEvent.decode(log) == expected)
        try checkDamaged(log)
    }

    /// Missing and additional topics, and every truncation of the data.
    private func checkDamaged(_ log: EventLog) throws {
        var damaged = log
        damaged.topics.append(.zero)
        #expect(throws: ABIError.self) { try JobManagerEvent.decode(damaged) }
        damaged.topics.removeLast(2)
        #expect(throws: ABIError.self) { try JobManagerEvent.decode(damaged) }
        for count in 0..<log.data.count {
            damaged = EventLog(
                address: .zero, topics: log.topics, data: Array(log.data[..<count]))
            #expect(throws: ABIError.self) { try JobManagerEvent.decode(damaged) }
        }
        damaged = EventLog(address: .zero, topics: [.zero] + log.topics.dropFirst(), data: log.data)
        #expect(try JobManagerEvent.decode(damaged) == nil)
    }

    private func checkReturn(_ field: [String]) throws {
        let data = try encoding(field)
        switch field[1] {
        case "metadata":
            let metadata = try JobMetadata(decoding: data)
            #expect(try metadata.programID == bytes(field[2]))
            #expect(try metadata.maxCycles == number(field[3]))
            #expect(try metadata.consumer == address(field[4]))
            #expect(metadata.status.rawValue == UInt8(field[5]))
        case "uint64": #expect(try ContractReturn.uint64(data, of: "f") == number(field[2]))
        case "address": #expect(try ContractReturn.address(data, of: "f") == address(field[2]))
        case "hash": #expect(try ContractReturn.hash(data, of: "f") == hash(field[2]))
        default: #expect(try ContractReturn.bytes(data, of: "f") == bytes(field[2]))
        }
        for count in 0..<data.count {
            #expect(throws: ABIError.self) { try decodeReturn(field[1], Array(data[..<count])) }
        }
        #expect(throws: ABIError.self) { try decodeReturn(field[1], data + [0]) }
    }

    private func decodeReturn(_ kind: String, _ data: [UInt8]) throws(ABIError) {
        switch kind {
        case "metadata": _ = try JobMetadata(decoding: data)
        case "uint64": _ = try ContractReturn.uint64(data, of: "f")
        case "address": _ = try ContractReturn.address(data, of: "f")
        case "hash": _ = try ContractReturn.hash(data, of: "f")
        default: _ = try ContractReturn.bytes(data, of: "f")
        }
    }

    private func checkRevert(_ field: [String]) throws {
        let reason = RevertReason(decoding: try encoding(field))
        switch field[1] {
        case "message":
            #expect(reason == .message(String(decoding: try bytes(field[2]), as: UTF8.self)))
        default:
            #expect(reason == .panic(try #require(UInt256(decimal: field[2]))))
        }
        #expect(!reason.description.contains("\n"))
    }

    private func number(_ field: String) throws -> UInt64 { try #require(UInt64(field)) }
    private func address(_ field: String) throws -> Address { try #require(Address(hex: field)) }
    private func hash(_ field: String) throws -> Hash32 { try #require(Hash32(bytes(field))) }
    private func job(_ field: String) throws -> JobID { JobID(try hash(field)) }
}
