// What the tests of ExecutionPool start as an executor: `ExecutorProbe MODE --fd 3`. Beside the
// real executor there are ones that misbehave, a whole node that can be killed,
// processes that try what the sandbox forbids, and a benchmark.

import ExecutionPool
import Glibc

/// Sends bytes to the node as they are.
func sendRaw(_ bytes: [UInt8]) {
    _ = send(3, bytes, bytes.count, Int32(MSG_NOSIGNAL))
}

/// Waits for the first bytes of a command.
func waitForCommand() {
    var byte: UInt8 = 0
    _ = recv(3, &byte, 1, 0)
}

let hello: [UInt8] = [0, 0, 0, 6, 1, 0, 0, 0, 3, 0]

/// A well-formed refusal, with the text "x", of a request that nobody made.
let refusedForNobody: [UInt8] =
    [0, 0, 0, 14, 4] + [UInt8](repeating: 0xff, count: 8) + [0, 0, 0, 1, UInt8(ascii: "x")]

switch CommandLine.arguments.dropFirst().first {
case "executor":
    exit(ExecutorMain.run(fd: 3))
case "silent":
    waitForCommand()
case "other-version":
    sendRaw([0, 0, 0, 6, 1, 0, 0, 0, 99, 0])
    waitForCommand()
case "dies-at-start":
    exit(9)
case "dies-on-command":
    sendRaw(hello)
    waitForCommand()
    exit(42)
case "garbage":
    sendRaw(hello)
    waitForCommand()
    sendRaw(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
    sleep(60)
case "huge-length":
    sendRaw(hello)
    waitForCommand()
    sendRaw([0xff, 0xff, 0xff, 0xff, 2])
    sleep(60)
case "answers-for-another":
    sendRaw(hello)
    waitForCommand()
    sendRaw(refusedForNobody)
    sleep(60)
case "breaks-out":
    guard ExecutorSandbox.enter(socket: 3), ExecutorSandbox.seal(socket: 3) else { exit(66) }
    sendRaw(hello)
    waitForCommand()
    _ = open("/etc/passwd", O_RDONLY)
    exit(0)
case "hangs-up":
    sendRaw(hello)
    waitForCommand()
    close(3)
    sleep(60)
case "sandbox":
    runActs()
case "bench":
    try runBenchmark()
case "node":
    runNodeUntilKilled()
default:
    exit(64)
}
