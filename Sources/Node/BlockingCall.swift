internal import Dispatch

/// Calls that block, such as closing the store, kept off the threads of the cooperative pool.
enum BlockingCall {
    static func run(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "tandem.blocking").async {
                body()
                continuation.resume()
            }
        }
    }
}
