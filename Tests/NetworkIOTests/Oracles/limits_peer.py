"""Slow, greedy and impatient clients. usage: limits_peer.py PORT CASE
The server's limits: handshake 1 s, idle 2 s, body grace 1 s and 1 MB/s, linger 1 s, 20 connections."""
import socket
import ssl
import sys
import threading
import time

import grpc
import h2.config
import h2.connection
import h2.events

from peer import connect, read_all

PORT = int(sys.argv[1])
GET = b"GET /info HTTP/1.1\r\nHost: a\r\n\r\n"


def elapsed_until_closed(connection):
    start = time.monotonic()
    data = read_all(connection)
    return time.monotonic() - start, data


def silent_client_is_closed():
    seconds, data = elapsed_until_closed(connect(PORT))
    assert 0.9 < seconds < 8 and data == b"", (seconds, data)


def half_a_preface_is_closed():
    connection = connect(PORT)
    connection.sendall(b"PRI * HT")
    seconds, data = elapsed_until_closed(connection)
    assert 0.9 < seconds < 8 and data == b"", (seconds, data)


def slow_header_is_refused():
    connection = connect(PORT)
    start = time.monotonic()
    connection.settimeout(0.1)
    data = b""
    for byte in GET * 100:
        try:
            connection.sendall(bytes([byte]))
            part = connection.recv(1000)
            data += part
            break
        except TimeoutError:
            pass
    assert 0.9 < time.monotonic() - start < 8
    assert b"408 Request Timeout" in data and b"REQUEST_TIMEOUT" in data, data


def slow_second_header_is_refused():
    connection = connect(PORT)
    connection.sendall(GET)
    assert b"200 OK" in connection.recv(1000)
    time.sleep(0.5)
    connection.sendall(GET[:10])
    seconds, data = elapsed_until_closed(connection)
    assert 0.9 < seconds < 8 and b"408" in data, (seconds, data)


def idle_connection_is_closed():
    connection = connect(PORT)
    connection.sendall(GET)
    assert b"200 OK" in connection.recv(1000)
    seconds, data = elapsed_until_closed(connection)
    assert 1.9 < seconds < 8 and data == b"", (seconds, data)


def slow_body_is_refused():
    connection = connect(PORT)
    connection.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
    connection.settimeout(0.1)
    start = time.monotonic()
    data = b""
    while not data and time.monotonic() - start < 10:
        try:
            connection.sendall(b"x")
            data = connection.recv(1000)
        except TimeoutError:
            pass
    assert 0.9 < time.monotonic() - start < 8 and b"408" in data, data


def waiting_request_is_not_idle():
    connection = connect(PORT)
    connection.sendall(GET.replace(b"/info", b"/later?3500"))
    seconds, data = elapsed_until_closed(connection)
    assert 3.4 < seconds and b"later" in data, (seconds, data)


def http2_handshake_and_idle():
    connection = connect(PORT)
    connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    seconds, data = elapsed_until_closed(connection)
    assert 0.9 < seconds < 8 and len(data) > 0, (seconds, data)
    connection = connect(PORT)
    client = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
    client.initiate_connection()
    connection.sendall(client.data_to_send())
    start = time.monotonic()
    while True:
        data = connection.recv(1 << 16)
        if not data:
            break
        for event in client.receive_data(data):
            if isinstance(event, h2.events.ConnectionTerminated):
                assert event.error_code == 0
        connection.sendall(client.data_to_send())
    assert 1.9 < time.monotonic() - start < 8


def reader_that_reads_nothing():
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", PORT))
    connection.sendall(GET.replace(b"/info", b"/large?30000000"))
    time.sleep(3)
    data = b""
    try:
        data = read_all(connection)
    except ConnectionResetError:
        pass
    assert len(data) < 30000000


SLOW = [
    silent_client_is_closed, half_a_preface_is_closed, slow_header_is_refused,
    slow_second_header_is_refused, idle_connection_is_closed, slow_body_is_refused,
    waiting_request_is_not_idle, http2_handshake_and_idle, reader_that_reads_nothing,
]


def slow():
    """All at once, since each waits most of the time."""
    passed = []

    def attempt(function):
        function()
        passed.append(function.__name__)

    threads = [threading.Thread(target=attempt, args=(function,)) for function in SLOW]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    print("\n".join(sorted(passed)))
    sys.exit(0 if len(passed) == len(SLOW) else 1)


def connections():
    """The 21st connection is closed at once; when one goes, there is room again."""
    held = [connect(PORT) for _ in range(20)]
    for connection in held:
        connection.sendall(GET)
        assert b"200 OK" in connection.recv(1000)
    for _ in range(5):
        extra = connect(PORT)
        try:
            extra.sendall(GET)
            assert extra.recv(1000) == b""
        except ConnectionError:
            pass
    held.pop().close()
    time.sleep(0.2)
    again = connect(PORT)
    again.sendall(GET)
    assert b"200 OK" in again.recv(1000)
    print("ok")


def shutdown():
    """Requests of every protocol are in flight when the server is told to stop; it says READY first."""
    idle = connect(PORT)
    idle.sendall(GET)
    idle.recv(1000)
    slow = connect(PORT)
    slow.sendall(GET.replace(b"/info", b"/later?800") + GET)
    channel = grpc.insecure_channel(f"127.0.0.1:{PORT}")
    channel.unary_unary("/test.Echo/Unary")(b"", timeout=10)
    futures = [channel.unary_unary("/test.Echo/Slow").future(b"x", timeout=10) for _ in range(20)]
    time.sleep(0.2)
    open(sys.argv[3], "w").close()
    assert read_all(idle) == b""
    answer = read_all(slow)
    assert answer.count(b"HTTP/1.1 200 OK") == 1 and b"connection: close" in answer, answer
    assert all(future.result() == b"x" for future in futures)
    try:
        connect(PORT)
        raise AssertionError("still listening")
    except ConnectionRefusedError:
        print("ok")


def kinds():
    """Ports in the order all, restOnly, grpcOnly, metrics."""
    for index, port in enumerate([PORT] + [int(text) for text in sys.argv[3:]]):
        with connect(port) as connection:
            connection.sendall(GET)
            rest = b"200 OK" in connection.recv(1000)
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            try:
                call = channel.unary_unary("/test.Echo/Unary")(b"a", timeout=10) == b"a"
            except grpc.RpcError as error:
                assert error.code() == grpc.StatusCode.UNIMPLEMENTED, error
                call = False
        print(index, "rest" if rest else "-", "grpc" if call else "-")


def tls():
    for protocols in [["h2"], ["http/1.1"], []]:
        context = ssl.create_default_context(cafile=sys.argv[3])
        context.check_hostname = False
        if protocols:
            context.set_alpn_protocols(protocols)
        with context.wrap_socket(connect(PORT), server_hostname="localhost") as connection:
            if protocols == ["h2"]:
                client = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
                client.initiate_connection()
                client.send_headers(1, [
                    (":method", "GET"), (":scheme", "https"), (":authority", "a"),
                    (":path", "/info")], end_stream=True)
                connection.sendall(client.data_to_send())
                body = b""
                while b"GET" not in body:
                    for event in client.receive_data(connection.recv(1 << 16)):
                        if isinstance(event, h2.events.DataReceived):
                            body += event.data
            else:
                connection.sendall(GET)
                body = connection.recv(1000)
            print(connection.selected_alpn_protocol(), b"GET /info" in body)
    credentials = grpc.ssl_channel_credentials(open(sys.argv[3], "rb").read())
    with grpc.secure_channel(f"localhost:{PORT}", credentials) as channel:
        print(channel.unary_unary("/test.Echo/Unary")(b"z" * 300000, timeout=10) == b"z" * 300000)
    with connect(PORT) as connection:  # cleartext
        connection.sendall(GET)
        assert b"200 OK" not in read_all(connection)
    print("ok")


{"slow": slow, "connections": connections, "shutdown": shutdown, "kinds": kinds, "tls": tls}[
    sys.argv[2]]()
