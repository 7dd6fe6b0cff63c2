import Bytes
import Foundation
import JobEngine
import Synchronization
import Testing

@testable import NodeAPI

@Suite struct RESTFaceTests {
    private func send(
        _ method: String, _ target: String, _ body: String = "",
        to operations: FakeOperations = FakeOperations(), contentType: String = "application/json"
    ) throws -> (status: Int, json: [String: Any], response: RESTResponse) {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let request = RESTRequest(
            method: method, path: parts[0], query: parts.count > 1 ? parts[1] : nil,
            contentType: contentType, body: Array(body.utf8))
        let got = Mutex<RESTResponse?>(nil)
        RESTFace(operations: operations).handle(request) { response in
            got.withLock { $0 = response }
        }
        let response = try #require(got.withLock { $0 })
        let json = try? JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
        return (response.status, json ?? [:], response)
    }

    @Test func submitJobReadsBothStyles() throws {
        for (path, prefix) in [("/v1/jobs", "0x"), ("/v1/coprocessor_node/submit_job", "")] {
            let operations = FakeOperations()
            let answer = try send(
                "POST", path,
                #"{"request":"0xAB01","signature":"02","offchain_input":"","state":"03","relay_strategy":1}"#,
                to: operations)
            #expect(answer.status == 200)
            let id = try #require(answer.json["job_id"] as? String)
            #expect(id == prefix + JobID(Hash32(words: 1, 2, 3, 4)).hex)
            #expect(
                operations.calls == [
                    .submitJob(
                        JobSubmission(
                            request: [0xab, 1], signature: [2], offchainInput: [], state: [3],
                            relayStrategy: .ordered))
                ])
        }
    }

    @Test(arguments: [
        (#"{"request":"abc"}"#, "INVALID_FIELD", "request"),
        (#"{"request":7}"#, "INVALID_FIELD", "request"),
        (#"{"signature":"zz"}"#, "INVALID_FIELD", "signature"),
        (#"{"relay_strategy":2}"#, "INVALID_FIELD", "relay_strategy"),
        (#"{"relay_strategy":"sometimes"}"#, "INVALID_FIELD", "relay_strategy"),
        (#"{"reqest":"00"}"#, "INVALID_FIELD", "reqest"),
        (#"{"request":"00","request":"01"}"#, "INVALID_BODY", "request"),
        (#"{"request":{"a":1}}"#, "INVALID_BODY", "request"),
        ("nonsense", "INVALID_BODY", "JSON"),
    ])
    func badBodiesNameTheField(body: String, reason: String, word: String) throws {
        let answer = try send("POST", "/v1/jobs", body)
        #expect(answer.status == 400)
        #expect(answer.json["reason"] as? String == reason)
        #expect(answer.json["grpc_code"] as? Int == 3)
        #expect((answer.json["message"] as? String)?.contains(word) == true)
    }

    @Test func programsComeAsJSONOrAsTheFileItself() throws {
        let operations = FakeOperations()
        let id = String(repeating: "11", count: 32)
        _ = try send(
            "POST", "/v1/programs",
            #"{"program_elf":"7f45","vm_type":"sp1","program_id":"\#(id)"}"#,
            to: operations)
        _ = try send(
            "POST", "/v1/programs?vm_type=sp1&program_id=0x\(id)", "\u{7f}E", to: operations,
            contentType: "application/octet-stream")
        let expected = ProgramUpload(
            elf: [0x7f, 0x45], vm: .sp1, programID: ProgramID(hex: id))
        #expect(operations.calls == [.submitProgram(expected), .submitProgram(expected)])
        let empty = try send("POST", "/v1/programs", #"{"program_elf":"","vm_type":0}"#)
        #expect(empty.json["reason"] as? String == "PROGRAM_EMPTY")
    }

    @Test func pathsCarryIdentifiers() throws {
        let operations = FakeOperations()
        let address = String(repeating: "ab", count: 20)
        #expect(
            try send("GET", "/v1/consumers/0x\(address)/pending", to: operations).response.body
                == Array(#"{"pending_jobs":[3,4,18446744073709551615]}"#.utf8))
        #expect(
            try send("GET", "/v1/consumers/\(address)/nonce", to: operations).json["nonce"] as? Int
                == 9)
        #expect(try send("GET", "/v1/consumers/12/nonce", to: operations).status == 400)
        #expect(try send("GET", "/v1/jobs/zz", to: operations).status == 400)
        #expect(
            try send(
                "GET", "/v1/jobs/\(String(repeating: "0", count: 64))?wait=9999", to: operations
            )
            .status == 404)
        #expect(operations.calls.last == .job(JobID(.zero), waitSeconds: 60))
        #expect(try send("GET", "/v1/programs/\(String(repeating: "01", count: 32))").status == 200)
        #expect(try send("GET", "/v1/programs/\(String(repeating: "02", count: 32))").status == 404)
    }

    @Test func unknownPathsAndMethodsAreTold() throws {
        #expect(try send("GET", "/v1/nothing").json["reason"] as? String == "UNKNOWN_ROUTE")
        let wrong = try send("PUT", "/v1/jobs/00")
        #expect(wrong.status == 405)
        #expect(wrong.response.headers.contains { $0 == ("allow", "GET, DELETE") })
    }

    @Test func refusalsBecomeStatuses() throws {
        for (reason, status) in [
            (APIReason.nonceUsed, 409), (.signatureInvalid, 401), (.signerNotAllowed, 403),
            (.unknownProgram, 404), (.requestTooLarge, 413), (.nonceTooLow, 422), (.queueFull, 429),
            (.shuttingDown, 503), (.deadlineExceeded, 504),
        ] {
            let operations = FakeOperations(
                refusal: APIError(reason, "no", retryAfterSeconds: 3))
            let answer = try send("POST", "/v1/jobs", "{}", to: operations)
            #expect(answer.status == status)
            #expect(answer.response.headers.contains { $0 == ("retry-after", "3") })
        }
    }

    @Test func readinessTellsTheObstacle() throws {
        let blocked = FakeOperations(refusal: APIError(.shuttingDown, "going down"))
        #expect(try send("GET", "/readyz").status == 200)
        let answer = try send("GET", "/readyz", to: blocked)
        #expect(answer.status == 503)
        #expect(answer.json["message"] as? String == "going down")
        #expect(try send("GET", "/healthz", to: blocked).status == 200)
    }

    @Test func theDocumentListsEveryReasonAndEveryRoute() throws {
        let document = try send("GET", "/openapi.json").json
        let components = try #require(document["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        let properties = try #require(schemas["Error"]?["properties"] as? [String: [String: Any]])
        #expect(
            properties["reason"]?["enum"] as? [String] == APIReason.allCases.map(\.rawValue))
        for (path, item) in try #require(document["paths"] as? [String: [String: Any]]) {
            for method in item.keys where method != "parameters" {
                let match = RESTRoute.match(method: method.uppercased(), path: path)
                guard case .route = match else {
                    Issue.record("\(method) \(path) is documented but not routed")
                    continue
                }
            }
        }
    }

    @Test func everyIntakeReasonIsAReasonOfTheAPI() {
        for reason in IntakeReason.allCases {
            #expect(APIReason(rawValue: reason.rawValue) != nil)
        }
    }
}
