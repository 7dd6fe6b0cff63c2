/// The bounds of the API's own parsing. The sizes of bodies are settings of the node.
package enum NodeAPILimits {
    /// Members of a JSON body: the largest message has five fields.
    static let jsonMemberCountMax = 32

    /// Levels of a JSON body: the object and, so that the error can name the member, one more.
    static let jsonDepthMax = 2

    /// Parameters of a query string.
    static let queryParameterCountMax = 16

    /// The longest `wait` of GET /v1/jobs/{id}, in seconds; longer ones are cut to it.
    package static let waitSecondsMax: UInt64 = 60
}
