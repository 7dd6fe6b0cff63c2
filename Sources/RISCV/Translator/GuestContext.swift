import CMachine

/// What a thread needs to run generated code: the block that guest registers live in, and a stack. Kept
/// between guests; holds nothing of one that matters to the next, because every entry fills it anew.
@safe
package final class GuestContext {
    let pointer: UnsafeMutablePointer<tandem_context>

    /// A context.
    ///
    /// - Throws: `hostRefused`.
    package init() throws(GuestMemoryError) {
        guard let context = unsafe tandem_context_create() else { throw .hostRefused }
        unsafe pointer = unsafe context
    }

    deinit {
        unsafe tandem_context_destroy(pointer)
    }
}
