/// Which Tandem this is.
package enum NodeVersion {
    /// Semantic version.
    package static let text = "0.1.0"
}
