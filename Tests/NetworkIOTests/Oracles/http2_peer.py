"""An HTTP/2 client made of python-hyper's h2. usage: http2_peer.py PORT"""
import json
import struct
import sys
import time

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.settings

from peer import connect, run

PORT = int(sys.argv[1])
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


class Client:
    def __init__(self, window=1 << 20):
        self.socket = connect(PORT)
        self.h2 = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=True, header_encoding="utf-8"))
        self.h2.initiate_connection()
        self.h2.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: window})
        self.status = {}
        self.fields = {}
        self.bodies = {}
        self.trailers = {}
        self.ended = set()
        self.reset = {}
        self.terminated = None

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def begin(self, path="/info", method="GET", fields=(), body=None, end=True):
        stream = self.h2.get_next_available_stream_id()
        head = [(":method", method), (":scheme", "http"), (":authority", "a"), (":path", path)]
        self.h2.send_headers(stream, head + list(fields), end_stream=body is None and end)
        self.bodies[stream] = b""
        if body is not None:
            self.send(stream, body, end)
        return stream

    def send(self, stream, body, end=True):
        while body:
            room = min(self.h2.local_flow_control_window(stream), 16384, len(body))
            if room == 0:
                self.flush()
                self.pump()
                if stream in self.ended or stream in self.reset:
                    return
                continue
            self.h2.send_data(stream, body[:room])
            body = body[room:]
        if end:
            self.h2.end_stream(stream)

    def call(self, path, message, fields=(), framing=None):
        if framing is None:
            framing = b"\0" + struct.pack(">I", len(message))
        extra = [("content-type", "application/grpc"), ("te", "trailers")] + list(fields)
        return self.begin(path, "POST", extra, framing + message)

    def pump(self):
        data = self.socket.recv(1 << 16)
        assert data, "connection closed"
        for event in self.h2.receive_data(data):
            if isinstance(event, h2.events.ResponseReceived):
                self.fields[event.stream_id] = dict(event.headers)
                self.status[event.stream_id] = int(dict(event.headers)[":status"])
            elif isinstance(event, h2.events.DataReceived):
                self.bodies[event.stream_id] += event.data
                self.h2.acknowledge_received_data(
                    event.flow_controlled_length, event.stream_id)
            elif isinstance(event, h2.events.TrailersReceived):
                self.trailers[event.stream_id] = dict(event.headers)
            elif isinstance(event, h2.events.StreamEnded):
                self.ended.add(event.stream_id)
            elif isinstance(event, h2.events.StreamReset):
                self.reset[event.stream_id] = event.error_code
            elif isinstance(event, h2.events.ConnectionTerminated):
                self.terminated = event
        self.flush()

    def wait(self, *streams):
        self.flush()
        while not all(stream in self.ended or stream in self.reset for stream in streams):
            self.pump()
        return streams[-1]

    def grpc_status(self, stream):
        self.wait(stream)
        final = self.trailers.get(stream) or self.fields[stream]
        return int(final["grpc-status"]), final.get("grpc-message", "")


def case_preface_split_everywhere():
    for cut in range(1, len(PREFACE) + 40):
        client = Client()
        stream = client.begin()
        data = client.h2.data_to_send()
        client.socket.sendall(data[:cut])
        time.sleep(0.001)
        client.socket.sendall(data[cut:])
        client.wait(stream)
        assert client.status[stream] == 200


def case_byte_by_byte():
    client = Client()
    stream = client.begin("/echo", "POST", body=b"hello")
    for byte in client.h2.data_to_send():
        client.socket.sendall(bytes([byte]))
    client.wait(stream)
    assert client.bodies[stream] == b"hello"


def case_get_and_post():
    client = Client()
    get = client.begin(fields=[("x-one", "1")])
    body = bytes(range(256)) * 4000
    post = client.begin("/echo", "POST", body=body)
    client.wait(get, post)
    assert client.bodies[get] == b"GET /info http2 0 127.0.0.1 host=a,x-one=1", client.bodies[get]
    assert client.bodies[post] == body
    assert client.fields[post]["content-length"] == str(len(body))
    assert "date" in client.fields[post]


def case_head_and_no_content():
    client = Client()
    head = client.begin("/large?1000", "HEAD")
    empty = client.begin("/empty")
    client.wait(head, empty)
    assert client.fields[head]["content-length"] == "1000" and client.bodies[head] == b""
    assert client.status[empty] == 204 and "content-length" not in client.fields[empty]


def case_many_streams_answered_out_of_order():
    client = Client()
    slow = [client.begin(f"/later?{900 - index}") for index in range(50)]
    fast = [client.begin(f"/info?{index}") for index in range(50)]
    client.wait(*fast)
    assert not client.ended.intersection(slow)
    client.wait(*slow)
    assert all(client.bodies[stream] == b"later" for stream in slow)


def case_large_response_through_a_small_window():
    client = Client(window=1000)
    stream = client.wait(client.begin("/large?300000"))
    assert len(client.bodies[stream]) == 300000


def case_body_limit_by_route():
    client = Client()
    for path, limit in {"/small": 1000, "/echo": 8 << 20, "/upload": 12 << 20}.items():
        good = client.wait(client.begin(path, "POST", body=b"z" * limit))
        assert client.bodies[good] == b"z" * limit, path
        bad = client.begin(path, "POST", body=b"z" * (limit + 1))
        client.wait(bad)
        assert client.status[bad] == 413, path
        assert json.loads(client.bodies[bad])["reason"] == "BODY_TOO_LARGE"


def case_announced_body_over_every_limit():
    client = Client()
    stream = client.begin(
        "/upload", "POST", fields=[("content-length", str(13 << 20))], end=False)
    client.wait(stream)
    assert client.status[stream] == 413


def case_header_list_too_large():
    client = Client()
    stream = client.begin(fields=[("x-large", "a" * 9000), ("x-larger", "b" * 9000)])
    client.wait(stream)
    assert client.status.get(stream) == 431 or stream in client.reset


def case_no_answer_is_an_error():
    client = Client()
    plain = client.begin("/drop")
    call = client.call("/test.Echo/Drop", b"")
    client.wait(plain, call)
    assert client.status[plain] == 500
    assert client.grpc_status(call)[0] == 13


def case_evil_response_fields():
    client = Client()
    stream = client.wait(client.begin("/evil"))
    assert client.bodies[stream] == b"body" and client.fields[stream]["x-fine"] == "yes"
    assert "x-split" not in client.fields[stream]


def case_grpc_unary():
    client = Client()
    for size in [0, 1, 5, 16379, 16380, 100000, 1 << 20]:
        stream = client.wait(client.call("/test.Echo/Unary", b"m" * size))
        assert client.bodies[stream] == b"\0" + struct.pack(">I", size) + b"m" * size
        assert client.fields[stream]["content-type"] == "application/grpc"
        assert client.grpc_status(stream) == (0, "")


def case_grpc_content_types():
    client = Client()
    for kind, status in [("application/grpc+proto", 0), ("application/grpc;x=1", 0),
                         ("application/grpc+json", 12)]:
        stream = client.begin("/test.Echo/Unary", "POST", [("content-type", kind)], b"\0" * 5)
        assert client.grpc_status(stream)[0] == status, kind
    web = client.wait(client.begin(
        "/test.Echo/Unary", "POST", [("content-type", "application/grpc-web")], b"\0" * 5))
    assert client.status[web] == 404  # a plain request, and the service has no such path


def case_grpc_frames_cut():
    client = Client()
    whole = b"\0" + struct.pack(">I", 10) + b"0123456789"
    for cut in range(len(whole)):
        stream = client.call("/test.Echo/Unary", whole[:cut], framing=b"")
        status, message = client.grpc_status(stream)
        assert status in (12, 13), (cut, status, message)
    for rest in [b"\0", whole]:
        stream = client.call("/test.Echo/Unary", whole + rest, framing=b"")
        assert client.grpc_status(stream)[0] in (12, 13)
    assert client.grpc_status(client.call("/test.Echo/Unary", whole, framing=b""))[0] == 0


def case_grpc_compression():
    client = Client()
    compressed = b"\1" + struct.pack(">I", 3) + b"abc"
    stream = client.call(
        "/test.Echo/Unary", compressed, [("grpc-encoding", "snappy")], framing=b"")
    status, message = client.grpc_status(stream)
    assert status == 12 and "snappy" in message
    assert client.fields[stream]["grpc-accept-encoding"] == "identity"
    stream = client.call("/test.Echo/Unary", compressed, framing=b"")
    assert client.grpc_status(stream)[0] == 13


def case_grpc_message_limits():
    client = Client()
    for path, limit in {"Small": 1000, "Unary": 4 << 20}.items():
        good = client.call(f"/test.Echo/{path}", b"z" * limit)
        assert client.grpc_status(good)[0] == 0
        bad = client.call(f"/test.Echo/{path}", b"z" * (limit + 1))
        status, message = client.grpc_status(bad)
        assert status == 8 and str(limit) in message, (status, message)
    beyond = client.call("/test.Echo/Upload", b"z" * ((12 << 20) + 1))
    assert client.grpc_status(beyond)[0] == 8


def case_grpc_timeouts():
    client = Client()
    for timeout in ["", "5", "S", "123456789S", "-1S", "1x", "1.5S"]:
        stream = client.call("/test.Echo/Unary", b"", [("grpc-timeout", timeout)])
        assert client.grpc_status(stream)[0] == 13, timeout
    start = time.monotonic()
    slow = client.call("/test.Echo/Never", b"", [("grpc-timeout", "150m")])
    assert client.grpc_status(slow)[0] == 4
    assert 0.14 < time.monotonic() - start < 5
    assert client.grpc_status(
        client.call("/test.Echo/Unary", b"", [("grpc-timeout", "0n")]))[0] == 4
    left = client.wait(client.call("/test.Echo/Deadline", b"", [("grpc-timeout", "7S")]))
    assert 6e9 < int(client.bodies[left][5:]) <= 7e9
    none = client.wait(client.call("/test.Echo/Deadline", b""))
    assert client.bodies[none][5:] == b"-1"
    far = client.call("/test.Echo/Unary", b"", [("grpc-timeout", "99999999H")])
    assert client.grpc_status(far)[0] == 0


def cancelled(client):
    stream = client.wait(client.begin("/cancelled"))
    return int(client.bodies[stream])


def case_reset_cancels():
    client = Client()
    before = cancelled(client)
    streams = [client.call("/test.Echo/Never", b"") for _ in range(5)]
    streams += [client.begin("/never") for _ in range(5)]
    client.flush()
    assert cancelled(client) == before
    for stream in streams:
        client.h2.reset_stream(stream, h2.errors.ErrorCodes.CANCEL)
    assert cancelled(client) == before + 10


def case_closed_connection_cancels():
    client = Client()
    before = cancelled(client)
    gone = Client()
    for _ in range(7):
        gone.call("/test.Echo/Never", b"")
    gone.wait(gone.begin())
    gone.socket.close()
    for _ in range(200):
        if cancelled(client) == before + 7:
            return
        time.sleep(0.01)
    raise AssertionError("not cancelled")


def case_bad_frames_end_the_connection_only():
    for bytes_ in [b"\0\0\0\x00\0\0\0\0\0", b"\xff\xff\xff\x00\0\0\0\0\1", b"\0\0\1\x06\0\0\0\0\0x"]:
        client = Client()
        client.wait(client.begin())
        client.socket.sendall(bytes_)
        try:
            while client.terminated is None:
                client.pump()
        except AssertionError:
            pass
        assert client.terminated is not None and client.terminated.error_code != 0
    client = Client()
    assert client.status[client.wait(client.begin())] == 200


run(globals())
