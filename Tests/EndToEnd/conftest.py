import pathlib
import sys

import pytest
from eth_account import Account

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import jobs  # noqa: E402
from running_node import (  # noqa: E402
    OPERATOR_KEY, RELAYER_KEY, ROOT, STARTED, Chain, Node, tandem,
)


def pytest_sessionfinish():
    """Nothing goes on running, whatever failed."""
    for child in STARTED:
        if child.poll() is None:
            child.kill()
            child.wait()


@pytest.fixture(scope="session")
def elfs(tmp_path_factory):
    """The example programs for both machines: {(name, vm): bytes}."""
    directory = tmp_path_factory.mktemp("elfs")
    built = {}
    for name in ("square-root", "balance", "accumulator"):
        for vm in ("sp1", "risc0"):
            path = directory / f"{name}.{vm}.elf"
            tandem("program", "build", "--vm", vm, "-o", path, ROOT / "Sources/Programs" / name)
            built[name, vm] = path.read_bytes()
    return built


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """A node without a chain: consumers sign for themselves."""
    node = Node(tmp_path_factory.mktemp("node"))
    yield node
    assert node.stop() == 0, node.text()


@pytest.fixture(scope="module")
def square_root(node, elfs):
    return node.submit_program(elfs["square-root", "sp1"], "sp1")


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    chain = Chain(tmp_path_factory.mktemp("chain"))
    yield chain
    chain.stop()


@pytest.fixture(scope="module")
def contracts(chain):
    """The addresses of a JobManager and its consumers, deployed by `tandem contracts deploy`."""
    operator = Account.from_key(OPERATOR_KEY).address
    return tandem(
        "contracts", "deploy", "--rpc-url", chain.url, "--operator", operator,
        "--offchain-signer", jobs.SIGNER.address, "--json",
        env={"RELAYER_PRIVATE_KEY": RELAYER_KEY},
    )


@pytest.fixture(scope="module")
def posting_node(tmp_path_factory, chain, contracts):
    """A node that posts to the chain."""
    node = Node(
        tmp_path_factory.mktemp("posting-node"),
        [f"chain.rpcURL={chain.url}", f"chain.jobManager={contracts['job_manager']}",
         "chain.pollMilliseconds=50"],
    )
    yield node
    assert node.stop() == 0, node.text()
