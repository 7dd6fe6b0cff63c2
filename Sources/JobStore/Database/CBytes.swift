/// Calls `body` with the bytes as C characters, valid during the call.
func withCCharacters<Result>(
    _ bytes: borrowing [UInt8], _ body: (UnsafePointer<CChar>?, Int) -> Result
) -> Result {
    unsafe bytes.withUnsafeBytes { buffer in
        // A character is a byte; the count is that of the buffer.
        unsafe body(buffer.bindMemory(to: CChar.self).baseAddress, buffer.count)
    }
}
