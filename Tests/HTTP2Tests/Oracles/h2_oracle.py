"""HTTP/2 by the `h2` package.

client SEED COUNT: a client's whole session in hexadecimal, then a line for each request:
    STREAM FIELDS BODY TRAILERS
answers SEED COUNT: the same client again reads a server's bytes (hexadecimal, standard input); prints the same
    kind of line for each answer, by stream, then what else came
    (acknowledged SETTINGS and pings; anything missing or foreign is an error).
server: reads a client's bytes (hexadecimal); prints a line for each request, then "bytes HEX": the server's
    answers, which echo body and trailers.
Fields are name=value pairs in hexadecimal, joined by commas; "-" is nothing.
"""
import random
import sys

import h2.config
import h2.connection
import h2.events
from h2.settings import SettingCodes


def text(fields):
    return ",".join(
        f"{bytes(name).hex()}={bytes(value).hex()}" for name, value in fields
    ) or "-"


def run_client(seed, count):
    source = random.Random(seed)
    config = h2.config.H2Configuration(client_side=True, header_encoding=None)
    client = h2.connection.H2Connection(config=config)
    client.initiate_connection()
    client.update_settings({
        SettingCodes.INITIAL_WINDOW_SIZE: 1 << 20,
        SettingCodes.HEADER_TABLE_SIZE: source.choice([0, 500, 4096, 9000]),
    })
    client.increment_flow_control_window(1 << 20)
    output = client.data_to_send()
    lines = []
    pings = []
    for _ in range(count):
        stream = client.get_next_available_stream_id()
        fields = [
            (b":method", b"POST"), (b":scheme", b"http"), (b":path", b"/%d" % source.randrange(9)),
            (b":authority", b"localhost"), (b"x-repeated", b"%d" % source.randrange(3)),
        ]
        fields += [(b"x-long", bytes([source.randrange(97, 123)]) * source.choice([0, 10, 300]))]
        if source.random() < 0.2:
            fields += [(b"authorization", b"secret %d" % source.randrange(10))]
        body = source.randbytes(source.choice([0, 0, 1, 100, 1500]))
        trailers = [(b"x-sum", b"%d" % len(body))] if source.random() < 0.3 else []
        ends = not body and not trailers
        priority = (
            dict(priority_weight=7, priority_depends_on=0, priority_exclusive=True)
            if source.random() < 0.2 else {}
        )
        client.send_headers(stream, fields, end_stream=ends, **priority)
        if body:
            half = len(body) // 2
            padding = source.choice([None, None, 0, 9])
            client.send_data(stream, body[:half], pad_length=padding)
            client.send_data(stream, body[half:], end_stream=not trailers)
        if trailers:
            client.send_headers(stream, trailers, end_stream=True)
        if source.random() < 0.1:
            pings.append(source.randbytes(8))
            client.ping(pings[-1])
        output += client.data_to_send()
        lines.append(f"{stream} {text(fields)} {body.hex() or '-'} {text(trailers)}")
    return client, output, lines, [ping.hex() for ping in pings]


def collect(connection, data):
    messages = {}
    others = []
    for event in connection.receive_data(data):
        if isinstance(event, (h2.events.ResponseReceived, h2.events.RequestReceived)):
            messages[event.stream_id] = [event.headers, b"", []]
        elif isinstance(event, h2.events.DataReceived):
            messages[event.stream_id][1] += event.data
        elif isinstance(event, h2.events.TrailersReceived):
            messages[event.stream_id][2] = event.headers
        elif isinstance(event, h2.events.StreamEnded):
            messages[event.stream_id].append("ended")
        elif isinstance(event, h2.events.SettingsAcknowledged):
            others.append("settings-acknowledged")
        elif isinstance(event, h2.events.PingAckReceived):
            others.append(event.ping_data.hex())
        elif isinstance(event, (h2.events.StreamReset, h2.events.ConnectionTerminated)):
            others.append(repr(event))
    return messages, others


def show(messages):
    for stream in sorted(messages):
        fields, body, trailers, *ended = messages[stream]
        assert ended == ["ended"], stream
        print(stream, text(fields), body.hex() or "-", text(trailers))


def run_server():
    config = h2.config.H2Configuration(client_side=False, header_encoding=None)
    server = h2.connection.H2Connection(config=config)
    server.initiate_connection()
    server.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 1 << 20})
    messages, _ = collect(server, bytes.fromhex(sys.stdin.read().strip()))
    show(messages)
    for stream, (fields, body, trailers, _) in messages.items():
        answer = [(b":status", b"200"), (b"x-count", b"%d" % len(body))]
        server.send_headers(stream, answer, end_stream=not body and not trailers)
        for start in range(0, len(body), 1000):
            last = start + 1000 >= len(body) and not trailers
            server.send_data(stream, body[start:start + 1000], end_stream=last, pad_length=3)
        if trailers:
            server.send_headers(stream, trailers, end_stream=True)
    print("bytes", server.data_to_send().hex())


if sys.argv[1] == "server":
    run_server()
else:
    session, sent, requests, sent_pings = run_client(int(sys.argv[2]), int(sys.argv[3]))
    if sys.argv[1] == "client":
        print(sent.hex())
        print("\n".join(requests))
    else:
        answers, rest = collect(session, bytes.fromhex(sys.stdin.read().strip()))
        show(answers)
        assert rest == ["settings-acknowledged"] * 2 + sent_pings, rest
        print("\n".join(rest))
