import CTandem

/// The program's side of a job: what came in, what goes out, and how it ends.
///
/// A program that runs to the end of its top-level code ends well. One that traps, or calls `fail`,
/// fails the job: nothing is signed.
public enum Program {
    /// The input stored onchain with the job.
    public static var onchainInput: InputBytes { InputBytes(tandem_onchain_input()) }

    /// The input that came with an offchain job; empty when there is none.
    public static var offchainInput: InputBytes { InputBytes(tandem_offchain_input()) }

    /// The state of a stateful consumer that came with the job; empty when there is none.
    public static var state: InputBytes { InputBytes(tandem_state()) }

    /// Appends to the output, the bytes that the operator signs.
    public static func commit(_ output: some GuestBytes) {
        output.withBytes { tandem_commit($0.baseAddress, $0.count) }
    }

    /// Ends the program; what was committed is its result.
    public static func halt() -> Never {
        tandem_halt()
    }

    /// Ends the program and fails the job. The message reaches the log.
    public static func fail(_ message: StaticString) -> Never {
        // A static string from a literal ends with a zero byte, as C wants it.
        tandem_fail(UnsafeRawPointer(message.utf8Start).assumingMemoryBound(to: CChar.self))
    }
}
