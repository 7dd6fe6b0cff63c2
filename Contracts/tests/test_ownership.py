"""Who may change what."""
import pytest
from in_process_chain import events

ZERO_ADDRESS = "0x" + "00" * 20
NOT_OWNER = "Ownable: caller is not the owner"


@pytest.fixture(params=["manager", "consumer", "stateful"])
def contract(request, deployment):
    return getattr(deployment, request.param)


def test_deployer_is_the_owner(deployment, contract):
    assert contract.functions.owner().call() == deployment.owner.address


def test_owner_hands_the_contract_on(deployment, contract):
    transfer = contract.functions.transferOwnership(deployment.stranger.address)
    receipt = deployment.chain.send(transfer, deployment.owner)
    (event,) = events(contract, "OwnershipTransferred", receipt)
    assert event.args.previousOwner == deployment.owner.address
    assert event.args.newOwner == deployment.stranger.address
    assert contract.functions.owner().call() == deployment.stranger.address
    assert deployment.chain.refusal(transfer, deployment.owner) == NOT_OWNER


def test_contract_never_loses_its_owner(deployment, contract):
    transfer = contract.functions.transferOwnership(ZERO_ADDRESS)
    reason = deployment.chain.refusal(transfer, deployment.owner)
    assert reason == "Ownable: new owner is the zero address"


@pytest.mark.parametrize("contract_name, setter, getter", [
    ("manager", "setRelayer", "getRelayer"),
    ("manager", "setCoprocessorOperator", "getCoprocessorOperator"),
    ("consumer", "setOffchainSigner", "getOffchainSigner"),
    ("stateful", "setOffchainSigner", "getOffchainSigner"),
])
def test_only_the_owner_sets(deployment, contract_name, setter, getter):
    functions = getattr(deployment, contract_name).functions
    change = functions[setter](deployment.stranger.address)
    assert deployment.chain.refusal(change, deployment.stranger) == NOT_OWNER
    assert functions[getter]().call() != deployment.stranger.address
    deployment.chain.send(change, deployment.owner)
    assert functions[getter]().call() == deployment.stranger.address


def test_constructor_sets_the_roles(deployment):
    functions = deployment.manager.functions
    assert functions.getRelayer().call() == deployment.relayer.address
    assert functions.getCoprocessorOperator().call() == deployment.operator.address
    for consumer in (deployment.consumer, deployment.stateful):
        assert consumer.functions.getOffchainSigner().call() == deployment.signer.address
        assert consumer.functions.jobManager().call() == deployment.manager.address
