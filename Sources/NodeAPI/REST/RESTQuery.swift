/// The parameters of a query string.
struct RESTQuery {
    private var parameters: [(name: Substring, value: Substring)] = []

    init(_ text: String?) throws(APIError) {
        let parts = (text ?? "").split(separator: "&")
        guard parts.count <= NodeAPILimits.queryParameterCountMax else {
            throw APIError(
                .invalidField,
                "the query has more than \(NodeAPILimits.queryParameterCountMax) parameters")
        }
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            parameters.append((name: pair[0], value: pair.count == 2 ? pair[1] : ""))
        }
    }

    /// The first value of a parameter.
    func text(_ name: String) -> String? {
        parameters.first { $0.name == name }.map { String($0.value) }
    }

    /// The parameter as a whole number of seconds; 0 when it is missing.
    func seconds(_ name: String) throws(APIError) -> UInt64 {
        guard let text = text(name) else { return 0 }
        guard let seconds = UInt64(text) else {
            throw APIError(.invalidField, "\(name) must be a whole number of seconds")
        }
        return seconds
    }
}
