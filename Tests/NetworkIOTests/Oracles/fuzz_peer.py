"""Damaged requests of both protocols. usage: fuzz_peer.py PORT SEED COUNT
Prints how many connections it made; afterwards the server must still answer."""
import random
import socket
import struct
import sys

import h2.config
import h2.connection

from peer import connect, read_all

PORT, SEED, COUNT = (int(argument) for argument in sys.argv[1:4])
RANDOM = random.Random(SEED)
GET = b"GET /info HTTP/1.1\r\nHost: a\r\n\r\n"


def http1():
    chunked = b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    return RANDOM.choice([
        GET * RANDOM.randrange(1, 5),
        b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789" + GET,
        chunked + b"5\r\nhello\r\n0\r\nx-a: b\r\n\r\n" + GET,
        GET.replace(b"/info", b"/later?3") * 3,
        GET.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"),
    ])


def http2():
    client = h2.connection.H2Connection(
        h2.config.H2Configuration(client_side=True, validate_outbound_headers=False))
    client.initiate_connection()
    for _ in range(RANDOM.randrange(1, 6)):
        stream = client.get_next_available_stream_id()
        grpc = RANDOM.random() < 0.6
        head = [(":method", "POST"), (":scheme", "http"), (":authority", "a"),
                (":path", RANDOM.choice(["/echo", "/test.Echo/Unary", "/test.Echo/Later", "/drop"]))]
        if grpc:
            head += [("content-type", "application/grpc"), ("te", "trailers"),
                     ("grpc-timeout", RANDOM.choice(["1S", "5m", "0n", "x"]))]
        client.send_headers(stream, head)
        body = RANDOM.randbytes(RANDOM.randrange(0, 3000))
        client.send_data(stream, b"\0" + struct.pack(">I", len(body)) + body, end_stream=True)
        if RANDOM.random() < 0.2:
            client.ping(b"12345678")
    return client.data_to_send()


def damaged(data):
    data = bytearray(data)
    # Leave the preface alone mostly, so that the damage reaches the frames.
    start = 24 if data.startswith(b"PRI") and RANDOM.random() < 0.95 else 0
    for _ in range(RANDOM.choice([0, 1, 1, 1, 2, 5, 30])):
        place = RANDOM.randrange(start, len(data))
        kind = RANDOM.randrange(4)
        if kind == 0:
            data[place] ^= 1 << RANDOM.randrange(8)
        elif kind == 1:
            data[place] = RANDOM.randrange(256)
        elif kind == 2:
            del data[place:place + RANDOM.randrange(1, 20)]
        else:
            data[place:place] = RANDOM.randbytes(RANDOM.randrange(1, 20))
        if len(data) <= start:
            break
    return bytes(data)


def attempt():
    data = damaged(RANDOM.choice([http1, http2, http2])())
    connection = connect(PORT)
    try:
        place = RANDOM.randrange(len(data) + 1)
        connection.sendall(data[:place])
        connection.sendall(data[place:])
        ending = RANDOM.randrange(3)
        if ending == 0:
            connection.shutdown(socket.SHUT_WR)
            read_all(connection)
        elif ending == 1:
            connection.settimeout(0.02)
            connection.recv(1 << 16)
    except (ConnectionError, TimeoutError):
        pass
    finally:
        connection.close()


for _ in range(COUNT):
    attempt()
with connect(PORT) as connection:
    connection.sendall(GET)
    assert b"200 OK" in connection.recv(1000)
print(COUNT)
