"""httpx, curl and nghttp. usage: tools_peer.py PORT"""
import subprocess
import sys

import httpx

from peer import run

PORT = int(sys.argv[1])
BASE = f"http://127.0.0.1:{PORT}"


def command(*arguments, data=None):
    done = subprocess.run(arguments, input=data, capture_output=True, timeout=60)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


def case_httpx():
    for options, version in [({"http2": False}, "HTTP/1.1"),
                             ({"http2": True, "http1": False}, "HTTP/2")]:
        with httpx.Client(base_url=BASE, timeout=30, **options) as client:
            response = client.get("/info?a=b", headers={"X-Tag": "1"})
            assert response.http_version == version, response.http_version
            assert "GET /info?a=b" in response.text and "x-tag=1" in response.text
            body = b"q" * 3000000
            assert client.post("/echo", content=body).content == body
            assert client.post("/echo", content=iter([b"a" * 10, b"b" * 10])).content == b"a" * 10 + b"b" * 10
            assert client.post("/small", content=b"x" * 1001).status_code == 413
            assert client.get("/missing").status_code == 404
            assert len(client.get("/large?5000000").content) == 5000000
            assert client.head("/large?5000").headers["content-length"] == "5000"
            assert client.delete("/info").text.startswith("DELETE /info")


def case_curl():
    for flags in [[], ["--http1.0"], ["--http2"], ["--http2-prior-knowledge"]]:
        out = command("curl", "-sS", *flags, BASE + "/info")
        assert out.startswith(b"GET /info"), out
        body = b"c" * 2000000
        assert command("curl", "-sS", *flags, "--data-binary", "@-", BASE + "/echo", data=body) == body
        status = command(
            "curl", "-sS", *flags, "-o", "/dev/null", "-w", "%{http_code}", "--data-binary", "@-",
            BASE + "/small", data=b"x" * 1001)
        assert status == b"413", status


def case_curl_reuses_its_connection():
    # Not with --http2-prior-knowledge: curl 7.88 fails in reusing those, with nghttpd just the same.
    out = command("curl", "-sS", "-w", " %{num_connects}\n", BASE + "/info", BASE + "/info")
    assert [line.split()[-1] for line in out.splitlines()] == [b"1", b"0"], out


def case_nghttp():
    out = command("nghttp", BASE + "/info", BASE + "/large?100000")
    assert b"GET /info http2" in out and len(out) > 100000
    out = command("nghttp", "--no-dep", "-m", "20", BASE + "/later?20")
    assert out == b"later" * 20, out


def case_h2load():
    out = command("h2load", "-n", "5000", "-c", "8", "-m", "32", BASE + "/info")
    assert b"5000 succeeded, 0 failed, 0 errored" in out, out
    out = command("h2load", "-n", "2000", "-c", "4", "-m", "16", BASE + "/later?1")
    assert b"2000 succeeded, 0 failed, 0 errored" in out, out


run(globals())
