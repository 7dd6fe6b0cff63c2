"""eth_feeHistory."""
from . import forms
from .wire import quantity

BLOCK_COUNT_MAX = 1024
BLOB_GAS_PER_BLOCK_MAX = 786_432


def history(node, count, newest_header, percentiles):
    """Base fees, fullness and, when percentiles are asked for, tips of the last blocks."""
    count = max(1, min(count, BLOCK_COUNT_MAX, newest_header.block_number + 1))
    first = newest_header.block_number - count + 1
    headers = [node.header_numbered(number) for number in range(first, first + count)]
    with_next = headers + [node.next_header(newest_header)]
    answer = dict(
        oldestBlock=quantity(first),
        baseFeePerGas=[quantity(header.base_fee_per_gas) for header in with_next],
        gasUsedRatio=[header.gas_used / header.gas_limit for header in headers],
        baseFeePerBlobGas=[quantity(node.blob_base_fee(header)) for header in with_next],
        blobGasUsedRatio=[header.blob_gas_used / BLOB_GAS_PER_BLOCK_MAX for header in headers])
    if percentiles:
        answer["reward"] = [_rewards(node, header, percentiles) for header in headers]
    return answer


def _rewards(node, header, percentiles):
    tips = _tips_with_gas(node, header)
    row = []
    for percentile in percentiles:
        wanted_gas, gas, reward = header.gas_used * percentile / 100, 0, 0
        for tip, gas_used in tips:
            gas, reward = gas + gas_used, tip
            if gas >= wanted_gas:
                break
        row.append(quantity(reward))
    return row


def _tips_with_gas(node, header):
    block, tips, gas_before = node.block(header), [], 0
    for transaction, receipt in zip(block.transactions, block.get_receipts(node.database)):
        price = forms.effective_gas_price(transaction, header.base_fee_per_gas)
        tips.append((price - header.base_fee_per_gas, receipt.gas_used - gas_before))
        gas_before = receipt.gas_used
    return sorted(tips)
