/// The description of the REST face that GET /openapi.json answers with.
package enum OpenAPIDocument {
    /// The bytes of openapi.json, which stands beside this file.
    package static let bytes = PackageResources.openapi_json
}
