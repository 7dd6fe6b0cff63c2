"""An HTTP/1.1 client made of raw sockets. usage: http1_peer.py PORT"""
import json
import socket
import sys
import time

from peer import connect, read_all, run

PORT = int(sys.argv[1])


class Reader:
    """Reads responses off a socket, strictly: exact lengths, nothing skipped."""

    def __init__(self, connection):
        self.file = connection.makefile("rb")

    def response(self, head_only=False):
        line = self.file.readline()
        assert line.startswith(b"HTTP/1.1 ") and line.endswith(b"\r\n"), line
        status = int(line[9:12])
        fields = {}
        while True:
            line = self.file.readline()
            assert line.endswith(b"\r\n"), line
            if line == b"\r\n":
                break
            name, value = line[:-2].split(b": ", 1)
            assert name == name.lower() and name not in fields, line
            fields[name.decode()] = value.decode()
        if status == 100 or status == 204 or head_only:
            return status, fields, b""
        length = int(fields["content-length"])
        body = self.file.read(length)
        assert len(body) == length
        return status, fields, body

    def at_end(self):
        return self.file.read(1) == b""


def exchange(data):
    with connect(PORT) as connection:
        connection.sendall(data)
        return Reader(connection).response()


def request(target="/info", method="GET", fields="", version="1.1"):
    return f"{method} {target} HTTP/{version}\r\nHost: a\r\n{fields}\r\n".encode()


def case_get():
    status, fields, body = exchange(request(fields="X-One: 1\r\nx-Two:   2  \r\n"))
    assert status == 200 and "date" in fields and "connection" not in fields, fields
    assert body == b"GET /info http11 0 127.0.0.1 host=a,x-one=1,x-two=2", body


def case_post():
    body = bytes(range(256)) * 100
    head = request("/echo", "POST", f"Content-Length: {len(body)}\r\n")
    assert exchange(head + body)[2] == body


def case_every_split():
    data = request("/echo", "POST", "Content-Length: 5\r\n") + b"hello"
    with connect(PORT) as connection:
        reader = Reader(connection)
        for cut in range(1, len(data)):
            connection.sendall(data[:cut])
            time.sleep(0.001)
            connection.sendall(data[cut:])
            assert reader.response()[2] == b"hello"


def case_byte_by_byte():
    with connect(PORT) as connection:
        for byte in request():
            connection.sendall(bytes([byte]))
        assert Reader(connection).response()[0] == 200


def case_head():
    with connect(PORT) as connection:
        connection.sendall(request("/large?1000", "HEAD") + request())
        reader = Reader(connection)
        status, fields, _ = reader.response(head_only=True)
        assert status == 200 and fields["content-length"] == "1000"
        assert reader.response()[2].startswith(b"GET /info")


def case_no_content():
    with connect(PORT) as connection:
        connection.sendall(request("/empty") + request())
        reader = Reader(connection)
        status, fields, _ = reader.response()
        assert status == 204 and "content-length" not in fields
        assert reader.response()[0] == 200


def case_chunked():
    head = request("/echo", "POST", "Transfer-Encoding: chunked\r\n")
    body = b"5;name=value\r\nhello\r\n1\r\n \r\nA\r\n0123456789\r\n0\r\nx-trailer: 1\r\n\r\n"
    assert exchange(head + body)[2] == b"hello 0123456789"


def case_pipelined():
    with connect(PORT) as connection:
        many = b"".join(request(f"/info?{index}") for index in range(2000))
        connection.sendall(many)
        reader = Reader(connection)
        for index in range(2000):
            assert reader.response()[2].startswith(f"GET /info?{index} ".encode())


def case_answers_of_one_read_come_in_one_write():
    with connect(PORT) as connection:
        connection.sendall(request() * 20)
        assert connection.recv(1 << 16).count(b"200 OK") == 20


def case_pipelined_answers_later_keep_their_order():
    with connect(PORT) as connection:
        data = b""
        for index in range(20):
            data += request("/later?20") + request(f"/info?{index}")
        connection.sendall(data)
        reader = Reader(connection)
        for index in range(20):
            assert reader.response()[2] == b"later"
            assert reader.response()[2].startswith(f"GET /info?{index} ".encode())


def case_half_close_is_answered():
    with connect(PORT) as connection:
        connection.sendall(request("/later?50") + request("/later?50") + request())
        connection.shutdown(socket.SHUT_WR)
        reader = Reader(connection)
        assert reader.response()[2] == b"later"
        assert reader.response()[2] == b"later"
        assert reader.response()[0] == 200
        assert reader.at_end()


def case_http10():
    with connect(PORT) as connection:
        connection.sendall(b"GET /info HTTP/1.0\r\n\r\n")
        reader = Reader(connection)
        status, fields, body = reader.response()
        assert status == 200 and fields["connection"] == "close"
        assert body.startswith(b"GET /info http10")
        assert reader.at_end()


def case_http10_keep_alive():
    with connect(PORT) as connection:
        connection.sendall(request(fields="Connection: keep-alive\r\n", version="1.0") * 2)
        reader = Reader(connection)
        for _ in range(2):
            assert reader.response()[1]["connection"] == "keep-alive"


def case_connection_close():
    with connect(PORT) as connection:
        connection.sendall(request(fields="Connection: close\r\n") + request())
        reader = Reader(connection)
        assert reader.response()[1]["connection"] == "close"
        assert reader.at_end()


def case_expect_continue():
    with connect(PORT) as connection:
        connection.sendall(
            request("/echo", "POST", "Content-Length: 5\r\nExpect: 100-Continue\r\n"))
        reader = Reader(connection)
        assert reader.response()[0] == 100
        connection.sendall(b"hello")
        assert reader.response()[2] == b"hello"


def case_expect_continue_too_large():
    length = 13 << 20
    status, fields, _ = exchange(
        request("/upload", "POST", f"Content-Length: {length}\r\nExpect: 100-continue\r\n"))
    assert status == 413 and fields["connection"] == "close"


def case_target_forms():
    for target, seen in [
        ("http://example.org/info?x=1", "/info?x=1"), ("https://example.org/info", "/info"),
    ]:
        assert f"GET {seen} ".encode() in exchange(request(target))[2]
    assert exchange(request("*", "OPTIONS"))[0] == 404  # the service has no such path


def case_upgrade_is_declined():
    fields = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    status, fields, _ = exchange(request(fields=fields))
    assert status == 200 and fields["connection"] == "close"


MALFORMED = [
    (b"GARBAGE\r\n\r\n", 400),
    (b"get / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    (b"GET info HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n", 400),
    (b"GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
    (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    (b"GET /\r\n\r\n", 505),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n", 413),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", (400, 501)),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", (400, 501)),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", (400, 501)),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 400),
    (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 1\r\n\r\nx", 417),
    (b"PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n", (400, 505)),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
]


def case_malformed():
    for data, expected in MALFORMED:
        with connect(PORT) as connection:
            connection.sendall(data)
            try:
                reader = Reader(connection)
                status, fields, body = reader.response()
            except Exception as error:
                raise AssertionError(data) from error
            expected = expected if isinstance(expected, tuple) else (expected,)
            assert status in expected, (data, status)
            error = json.loads(body)
            assert set(error) == {"message", "grpc_code", "reason"}, error
            assert fields["connection"] == "close", data
            assert reader.at_end(), data


def case_malformed_behind_a_slow_request():
    with connect(PORT) as connection:
        connection.sendall(request("/later?50") + b"GARBAGE\r\n\r\n")
        reader = Reader(connection)
        assert reader.response()[2] == b"later"
        assert reader.response()[0] == 400
        assert reader.at_end()


def case_truncated():
    data = request("/echo", "POST", "Content-Length: 50\r\n") + b"hello"
    for cut in range(1, len(data), 7):
        with connect(PORT) as connection:
            connection.sendall(data[:cut])
            connection.shutdown(socket.SHUT_WR)
            answer = read_all(connection)
            assert answer == b"" or b"400 Bad Request" in answer, (cut, answer)


def case_header_limits():
    for fields in ["X: " + "a" * 20000 + "\r\n", "X: a\r\n" * 5000, "Y" * 17000 + ": 1\r\n"]:
        assert exchange(request(fields=fields))[0] == 431
    assert exchange(request("/" + "a" * 20000))[0] == 431
    assert exchange(request(fields="X: " + "a" * 15000 + "\r\n"))[0] == 200


def case_body_limit_by_route():
    at = {"/small": 1000, "/echo": 8 << 20, "/upload": 12 << 20}
    for target, limit in at.items():
        body = b"z" * limit
        head = request(target, "POST", f"Content-Length: {limit}\r\n")
        assert exchange(head + body)[2] == body, target
        status, _, body = exchange(request(target, "POST", f"Content-Length: {limit + 1}\r\n"))
        error = json.loads(body)
        assert (status, error["grpc_code"], error["reason"]) == (413, 8, "BODY_TOO_LARGE")
        assert str(limit) in error["message"]


def case_chunked_body_over_the_limit():
    # The client goes on sending; it has to get its answer all the same.
    with connect(PORT) as connection:
        connection.sendall(request("/small", "POST", "Transfer-Encoding: chunked\r\n"))
        chunk = b"1000\r\n" + b"z" * 0x1000 + b"\r\n"
        for _ in range(200):
            connection.sendall(chunk)
        reader = Reader(connection)
        assert reader.response()[0] == 413
        assert reader.at_end()


def case_large_response():
    _, _, body = exchange(request("/large?20000000"))
    assert len(body) == 20000000 and body[250:253] == b"\xfa\x00\x01"


def case_pipelined_large_responses_to_a_slow_reader():
    with connect(PORT) as connection:
        connection.sendall(request("/large?1000000") * 30)
        time.sleep(0.5)
        reader = Reader(connection)
        for _ in range(30):
            assert len(reader.response()[2]) == 1000000


def case_no_answer_is_an_error():
    with connect(PORT) as connection:
        connection.sendall(request("/drop") + request())
        reader = Reader(connection)
        status, _, body = reader.response()
        assert status == 500 and json.loads(body)["reason"] == "INTERNAL"
        assert reader.response()[0] == 200


def case_second_answer_is_dropped():
    with connect(PORT) as connection:
        connection.sendall(request("/twice") + request())
        reader = Reader(connection)
        assert reader.response()[2] == b"first"
        assert reader.response()[2].startswith(b"GET /info")


def case_response_splitting_is_impossible():
    _, fields, body = exchange(request("/evil"))
    assert body == b"body" and fields["x-fine"] == "yes"
    assert "set-cookie" not in fields and "x-split" not in fields
    assert "transfer-encoding" not in fields and fields["content-length"] == "4"


def case_gone_client_cancels():
    before = int(exchange(request("/cancelled"))[2])
    with connect(PORT) as connection:
        connection.sendall(request("/never"))
        time.sleep(0.1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    for _ in range(100):
        if int(exchange(request("/cancelled"))[2]) == before + 1:
            return
        time.sleep(0.02)
    raise AssertionError("not cancelled")


run(globals())
