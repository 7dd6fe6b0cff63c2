"""Executing without a signature: eth_call and eth_estimateGas."""
from eth.estimators.gas import binary_gas_search
from eth.exceptions import Revert, VMError
from eth.vm.spoof import SpoofTransaction
from eth_utils import ValidationError, to_canonical_address

from .wire import RpcError, hex_bytes, parse_bytes, parse_quantity, rejected

ERROR_STRING_SELECTOR = bytes.fromhex("08c379a0")
EXECUTION_REVERTED_CODE = 3
ESTIMATE_TOLERANCE_GAS = 500
ZERO_ADDRESS = "0x" + "00" * 20


def call(node, parameters, header):
    """The output of a call on top of a block."""
    vm = _vm_without_base_fee(node, header)
    try:
        computation = vm.state.apply_transaction(_unsigned(node, parameters, vm))
    except ValidationError as error:
        raise rejected(str(error))
    if computation.is_error:
        raise _failure(computation._error)
    return computation.output


def estimate_gas(node, parameters, header):
    """The least gas limit, within the tolerance, with which the call succeeds."""
    vm = _vm_without_base_fee(node, header)
    try:
        return binary_gas_search(
            vm.state, _unsigned(node, parameters, vm), tolerance=ESTIMATE_TOLERANCE_GAS)
    except VMError as error:
        raise _failure(error)
    except ValidationError as error:
        raise rejected(str(error))


def _vm_without_base_fee(node, header):
    return node.chain.get_vm(node.next_header(header).copy(base_fee_per_gas=0))


def _unsigned(node, parameters, vm):
    sender = to_canonical_address(parameters.get("from") or ZERO_ADDRESS)
    gas_limit = node.options.gas_limit
    gas = parse_quantity(parameters["gas"]) if parameters.get("gas") else gas_limit
    unsigned = vm.get_transaction_builder().new_unsigned_dynamic_fee_transaction(
        chain_id=node.options.chain_id, nonce=vm.state.get_nonce(sender),
        max_priority_fee_per_gas=0, max_fee_per_gas=0, gas=min(gas, gas_limit),
        to=parse_bytes(parameters["to"]) if parameters.get("to") else b"",
        value=parse_quantity(parameters.get("value") or 0),
        data=parse_bytes(parameters.get("input") or parameters.get("data") or "0x"),
        access_list=())
    return SpoofTransaction(unsigned, from_=sender)


def _failure(error):
    """The error geth answers with: the decoded Error(string), and the raw data beside it."""
    if not isinstance(error, Revert):
        return rejected(str(error) or type(error).__name__)
    data = error.args[0] if error.args else b""
    message = "execution reverted"
    if data.startswith(ERROR_STRING_SELECTOR):
        length = int.from_bytes(data[36:68], "big")
        message += ": " + data[68:68 + length].decode("utf8", "replace")
    return RpcError(EXECUTION_REVERTED_CODE, message, hex_bytes(data))
