/// The bounds of gRPC calls.
package struct GRPCLimits: Sendable {
    /// Largest message, request or answer, without its five bytes of framing. DESIGN.md section 8. A whole
    /// request body that the connection accepted (`DeliveryRules.bodyLimits`) may be larger.
    package var messageByteCountMax = 8 << 20

    /// Longest `grpc-message` sent, before percent-encoding; longer ones are cut. A client's header list
    /// limit is commonly 8 KiB, and each byte may become three.
    package var statusMessageByteCountMax = 2_048

    /// The defaults above.
    package init() {}
}
