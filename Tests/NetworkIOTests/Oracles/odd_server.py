"""An HTTP server on a raw socket that behaves badly by path; prints its port when it listens."""
import socket
import threading
import time


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None, None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    lines = head.split(b"\r\n")
    length = 0
    for line in lines[1:]:
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += connection.recv(65536)
    return lines[0].split(b" ")[1].decode(), body


def answer(body, status="200 OK", extra=""):
    head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nX-Odd: Yes\r\n{extra}\r\n"
    return head.encode() + body


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.1)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def serve(connection):
    try:
        while True:
            path, body = read_request(connection)
            if path is None:
                return
            if path == "/echo":
                connection.sendall(answer(body))
            elif path == "/redirect":
                connection.sendall(answer(b"", "302 Found", "location: /echo\r\n"))
            elif path == "/teapot":
                connection.sendall(answer(b"short and stout", "418 I'm a teapot"))
            elif path == "/gzip":
                connection.sendall(answer(b"\x1f\x8bnot gzip", extra="content-encoding: gzip\r\n"))
            elif path == "/silent":
                time.sleep(30)
            elif path == "/drip":
                drip(connection)
            elif path == "/endless":
                endless(connection)
            elif path == "/cut":
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf")
                return
            elif path == "/nonsense":
                connection.sendall(b"this is not HTTP\r\n\r\n")
                return
            elif path == "/hangup":
                return
    except OSError:
        pass
    finally:
        connection.close()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


main()
