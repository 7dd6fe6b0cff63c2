"""What the peers share: cases are functions named case_*; each prints its name when it passes."""
import socket
import sys
import traceback


def connect(port, timeout=20):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def read_all(connection):
    """Everything up to the end of the stream."""
    parts = []
    while True:
        part = connection.recv(1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)


def run(namespace, *arguments):
    failed = False
    for name, function in list(namespace.items()):
        if not name.startswith("case_"):
            continue
        try:
            function(*arguments)
            print(name[5:], flush=True)
        except Exception:
            failed = True
            print("FAILED", name[5:], flush=True)
            traceback.print_exc(file=sys.stderr)
    sys.exit(1 if failed else 0)
