// Pointers to the bytes of an InlineArray for C functions. Each is valid for the call of `body` only; an
// InlineArray is stored as its elements, one after the other, so it has `count` bytes.

/// Calls `body` with a pointer to the bytes of `array`.
@unsafe
func withUnsafeCBytes<let count: Int, Result>(
    _ array: InlineArray<count, UInt8>, _ body: (UnsafePointer<UInt8>) -> Result
) -> Result {
    unsafe withUnsafePointer(to: array) { pointer in
        unsafe body(UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self))
    }
}

/// Calls `body` with a pointer through which it may change the bytes of `array`.
@unsafe
func withUnsafeMutableCBytes<let count: Int, Result>(
    _ array: inout InlineArray<count, UInt8>, _ body: (UnsafeMutablePointer<UInt8>) -> Result
) -> Result {
    unsafe withUnsafeMutablePointer(to: &array) { pointer in
        unsafe body(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: UInt8.self))
    }
}
