"""One chain with the contracts deployed for the whole run; each test starts from the same block."""
from dataclasses import dataclass

import pytest
from eth_utils import keccak
from in_process_chain import Chain
from messages import JobRequest, sign

INITIAL_STATE_HASH = keccak(b"state 0")
PROGRAM_ID = keccak(b"program")


@dataclass
class Deployment:
    """The contracts and who is who."""

    chain: Chain
    owner: object
    relayer: object
    operator: object
    signer: object
    stranger: object
    manager: object = None
    consumer: object = None
    stateful: object = None

    def request(self, consumer=None, **fields):
        consumer = consumer or self.consumer
        request = JobRequest(
            1, 1_000_000, consumer.address, PROGRAM_ID, b"onchain input",
            keccak(b"offchain input"), INITIAL_STATE_HASH)
        return request.changed(**fields)

    def submit_offchain(self, request, result, operator=None, signer=None):
        """The call that creates and completes the job of a signed request."""
        result_bytes, request_bytes = result.encoded(), request.encoded()
        return self.manager.functions.submitResultForOffchainJob(
            result_bytes, sign(operator or self.operator, result_bytes),
            request_bytes, sign(signer or self.signer, request_bytes))

    def submit_onchain(self, result, operator=None):
        """The call that completes a job created onchain."""
        result_bytes = result.encoded()
        return self.manager.functions.submitResult(
            result_bytes, sign(operator or self.operator, result_bytes))

    def status(self, job_id):
        return self.manager.functions.getJobMetadata(job_id).call()[3]


@pytest.fixture(scope="session")
def fresh_deployment():
    chain = Chain()
    people = chain.accounts[:5]
    deployment = Deployment(chain, *people)
    owner = deployment.owner
    deployment.manager = chain.deploy(
        "JobManager", deployment.relayer.address, deployment.operator.address, sender=owner)
    signed_for = (deployment.manager.address, deployment.signer.address)
    deployment.consumer = chain.deploy("SingleOffchainSignerConsumer", *signed_for, sender=owner)
    deployment.stateful = chain.deploy(
        "StatefulConsumer", *signed_for, INITIAL_STATE_HASH, sender=owner)
    return deployment


@pytest.fixture
def deployment(fresh_deployment):
    snapshot = fresh_deployment.chain.snapshot()
    yield fresh_deployment
    fresh_deployment.chain.revert(snapshot)
