/// A whole HTTP response.
///
/// `content-length`, `date` and the connection fields are the server's business: it adds its own and
/// drops any given here. Fields whose value could break the framing (CR, LF, NUL) are dropped too.
package struct HTTPResponse: Sendable {
    /// The status code, 200 to 599.
    package var status: Int

    /// Header fields, names lower-case.
    package var headers: HTTPHeaderList

    /// The body; sent for every request but HEAD, whose answer tells its length only.
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaderList = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response with one `content-type` field.
    package init(status: Int, contentType: String, body: [UInt8]) {
        self.init(status: status, headers: ["content-type": contentType], body: body)
    }
}
