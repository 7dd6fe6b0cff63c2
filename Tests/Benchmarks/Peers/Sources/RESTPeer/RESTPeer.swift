import Foundation
import Hummingbird

/// GET /v1/jobs/{id} on Hummingbird 2: `RESTPeer PORT ANSWER`, where ANSWER is a file with the body.
/// It answers the same bytes each time, which spares it the look-up and the JSON that Tandem does.
@main
struct RESTPeer {
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]) else {
            print("usage: RESTPeer PORT ANSWER")
            exit(64)
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[2]))
        let body = ByteBuffer(bytes: bytes)
        let router = Router()
        router.get("/v1/jobs/:id") { _, context -> Response in
            _ = try context.parameters.require("id")
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: body))
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }
}
