"""grpcio, whose core is C++. usage: grpc_peer.py PORT"""
import sys
import threading
import time

import grpc

from peer import run

PORT = int(sys.argv[1])
OPTIONS = [("grpc.max_receive_message_length", 64 << 20), ("grpc.max_send_message_length", 64 << 20)]
CHANNEL = grpc.insecure_channel(f"127.0.0.1:{PORT}", options=OPTIONS)


def method(name, channel=CHANNEL):
    return channel.unary_unary(f"/test.Echo/{name}")


def failure(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call succeeded")


def case_echo():
    for size in [0, 1, 100, 65536, 4 << 20]:
        message = bytes(index % 253 for index in range(min(size, 1000))) * max(1, size // 1000)
        message = message[:size]
        assert method("Unary")(message, timeout=20) == message


def case_large_upload():
    message = b"u" * (11 << 20)
    assert method("Upload")(message, timeout=30) == message


def case_message_too_large():
    error = failure(lambda: method("Unary")(b"x" * ((4 << 20) + 1), timeout=20))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error
    assert str(4 << 20) in error.details()
    error = failure(lambda: method("Upload")(b"x" * (20 << 20), timeout=20))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error
    assert method("Unary")(b"still there", timeout=20) == b"still there"


def case_status_and_message():
    error = failure(lambda: method("Fail")(b"", timeout=20))
    assert error.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert error.details() == "nonce 3 is below 5: café", error.details()
    assert failure(lambda: method("Missing")(b"")).code() == grpc.StatusCode.UNIMPLEMENTED


def case_metadata():
    answer, call = method("Metadata").with_call(
        b"", metadata=[("x-tag", "blue"), ("x-bytes-bin", b"\x00\x01")], timeout=20)
    assert answer == b"blue"
    assert ("x-tag-back", "blue") in [tuple(item) for item in call.trailing_metadata()]


def case_deadline():
    start = time.monotonic()
    error = failure(lambda: method("Never")(b"", timeout=0.3))
    assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - start < 5


def case_cancel():
    future = method("Never").future(b"")
    time.sleep(0.1)
    future.cancel()
    assert future.cancelled()
    assert method("Unary")(b"a", timeout=20) == b"a"


def case_unsupported_compression():
    channel = grpc.insecure_channel(f"127.0.0.1:{PORT}", compression=grpc.Compression.Gzip)
    error = failure(lambda: method("Unary", channel)(b"a" * 10000, timeout=20))
    assert error.code() == grpc.StatusCode.UNIMPLEMENTED, error


def case_concurrent():
    futures = [
        (index, method("Later" if index % 2 else "Unary").future(str(index).encode(), timeout=30))
        for index in range(1000)
    ]
    for index, future in futures:
        assert future.result() == str(index).encode()


def case_many_channels():
    def work():
        options = [("grpc.use_local_subchannel_pool", 1)]
        with grpc.insecure_channel(f"127.0.0.1:{PORT}", options=options) as channel:
            for index in range(50):
                assert method("Later" if index == 9 else "Unary", channel)(b"x", timeout=20) == b"x"
            done.append(1)

    done = []
    threads = [threading.Thread(target=work) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(done) == 20


run(globals())
