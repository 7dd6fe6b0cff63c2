"""Health, metrics, logs and the OpenAPI document."""
import json
import random

import eth_abi
from jobs import Job
from running_node import get


def test_health_and_readiness(node):
    for base in (node.rest, node.metrics):
        assert get(base + "/healthz").json() == {"status": "ok"}
        assert get(base + "/readyz").json() == {"status": "ok"}
    assert get(node.metrics + "/v1/jobs/00").status_code == 404


def metric(node, name):
    for line in get(node.metrics + "/metrics").text.splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    raise AssertionError(f"{name} is missing")


def test_metrics_count_each_step(node, square_root):
    before = metric(node, "tandem_jobs_done_total")
    job = Job(random.getrandbits(48), square_root, onchain=eth_abi.encode(["uint256"], [4]))
    node.submit(job)
    node.submit(job)
    node.wait_until(job.id, "DONE")
    assert metric(node, "tandem_jobs_done_total") == before + 1
    assert metric(node, "tandem_jobs_repeated_total") >= 1
    text = get(node.metrics + "/metrics").text
    for step in ("intake", "ledger", "execute", "sign", "result"):
        line = next(x for x in text.splitlines() if x.startswith(f'tandem_step_seconds_count{{step="{step}"}}'))
        assert float(line.split()[1]) > 0, line
    for name in ("job_errors_total", "relay_errors_total", "relayed_total", "job_exec_time_count"):
        assert f"\n{name} " in text
    assert "# TYPE tandem_step_seconds histogram" in text


def test_every_log_line_is_json(node):
    lines = [line for line in node.text().splitlines() if line]
    assert lines
    for line in lines:
        assert {"time", "level", "logger", "message"} <= set(json.loads(line))


def test_no_key_is_logged(node):
    from running_node import OPERATOR_KEY, RELAYER_KEY

    for key in (OPERATOR_KEY, RELAYER_KEY):
        assert key[2:] not in node.text()


def test_the_openapi_document(node):
    document = node.http.get("/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert "/v1/jobs/{id}" in document["paths"]
