"""Blocks, transactions, receipts and logs as JSON-RPC shows them."""
import rlp
from eth.vm.forks.cancun.state import get_total_blob_gas
from eth_utils import keccak

from .wire import hex_bytes, hex_word, quantity


def logs(node, block, receipts=None):
    """Every log of a block, in order."""
    forms = []
    receipts = receipts or block.get_receipts(node.database)
    for index, (transaction, receipt) in enumerate(zip(block.transactions, receipts)):
        for log in receipt.logs:
            forms.append(dict(
                address=hex_bytes(log.address), topics=[hex_word(topic) for topic in log.topics],
                data=hex_bytes(log.data), blockNumber=quantity(block.number),
                blockHash=hex_bytes(block.hash), transactionHash=hex_bytes(transaction.hash),
                transactionIndex=quantity(index), logIndex=quantity(len(forms)), removed=False))
    return forms


def effective_gas_price(transaction, base_fee):
    return min(transaction.max_fee_per_gas, base_fee + transaction.max_priority_fee_per_gas)


def transaction_type(transaction):
    return getattr(transaction, "type_id", 0) or 0


def transaction(item, block=None, index=None):
    """A transaction in a block, or one that waits."""
    kind = transaction_type(item)
    form = {
        "hash": hex_bytes(item.hash), "nonce": quantity(item.nonce), "type": quantity(kind),
        "blockHash": block and hex_bytes(block.hash),
        "blockNumber": block and quantity(block.number),
        "transactionIndex": None if block is None else quantity(index),
        "from": hex_bytes(item.sender), "to": hex_bytes(item.to) if item.to else None,
        "value": quantity(item.value), "gas": quantity(item.gas), "input": hex_bytes(item.data),
        "r": quantity(item.r), "s": quantity(item.s),
        "v": quantity(item.y_parity if kind else item.v),
    }
    if kind >= 1:
        form.update(
            chainId=quantity(item.chain_id), yParity=quantity(item.y_parity),
            accessList=[
                dict(address=hex_bytes(address), storageKeys=[hex_word(key) for key in keys])
                for address, keys in item.access_list])
    if kind >= 2:
        price = item.max_fee_per_gas
        if block is not None:
            price = effective_gas_price(item, block.header.base_fee_per_gas)
        form.update(
            gasPrice=quantity(price), maxFeePerGas=quantity(item.max_fee_per_gas),
            maxPriorityFeePerGas=quantity(item.max_priority_fee_per_gas))
    else:
        form["gasPrice"] = quantity(item.gas_price)
    if kind == 3:
        form.update(
            maxFeePerBlobGas=quantity(item.max_fee_per_blob_gas),
            blobVersionedHashes=[hex_bytes(blob) for blob in item.blob_versioned_hashes])
    return form


def header(block):
    """A block as newHeads shows it."""
    fields = block.header
    return dict(
        number=quantity(fields.block_number), hash=hex_bytes(fields.hash),
        parentHash=hex_bytes(fields.parent_hash), nonce=hex_bytes(fields.nonce),
        mixHash=hex_bytes(fields.mix_hash), sha3Uncles=hex_bytes(fields.uncles_hash),
        logsBloom=hex_bytes(fields.bloom.to_bytes(256, "big")),
        transactionsRoot=hex_bytes(fields.transaction_root),
        stateRoot=hex_bytes(fields.state_root), receiptsRoot=hex_bytes(fields.receipt_root),
        miner=hex_bytes(fields.coinbase), difficulty=quantity(fields.difficulty),
        extraData=hex_bytes(fields.extra_data), gasLimit=quantity(fields.gas_limit),
        gasUsed=quantity(fields.gas_used), timestamp=quantity(fields.timestamp),
        baseFeePerGas=quantity(fields.base_fee_per_gas),
        withdrawalsRoot=hex_bytes(fields.withdrawals_root),
        blobGasUsed=quantity(fields.blob_gas_used),
        excessBlobGas=quantity(fields.excess_blob_gas),
        parentBeaconBlockRoot=hex_bytes(fields.parent_beacon_block_root),
        requestsHash=hex_bytes(fields.requests_hash))


def full_block(block, with_transactions=False):
    """A block with its transactions, whole or by hash."""
    transactions = [
        transaction(item, block, index) if with_transactions else hex_bytes(item.hash)
        for index, item in enumerate(block.transactions)]
    return dict(
        header(block), size=quantity(len(rlp.encode(block))), uncles=[], withdrawals=[],
        transactions=transactions)


def receipts(node, block):
    """The receipts of a block, in order."""
    items = block.get_receipts(node.database)
    block_logs = logs(node, block, items)
    forms, gas_before = [], 0
    for index, (item, receipt) in enumerate(zip(block.transactions, items)):
        form = _receipt(block, item, receipt, index, receipt.gas_used - gas_before)
        form["logs"] = [log for log in block_logs if log["transactionIndex"] == quantity(index)]
        if form["type"] == quantity(3):
            form.update(
                blobGasUsed=quantity(get_total_blob_gas(item)),
                blobGasPrice=quantity(node.blob_base_fee(block.header)))
        gas_before = receipt.gas_used
        forms.append(form)
    return forms


def _receipt(block, item, receipt, index, gas_used):
    created = None if item.to else keccak(rlp.encode([item.sender, item.nonce]))[12:]
    return {
        "transactionHash": hex_bytes(item.hash), "transactionIndex": quantity(index),
        "blockHash": hex_bytes(block.hash), "blockNumber": quantity(block.number),
        "from": hex_bytes(item.sender), "to": hex_bytes(item.to) if item.to else None,
        "contractAddress": created and hex_bytes(created),
        "cumulativeGasUsed": quantity(receipt.gas_used), "gasUsed": quantity(gas_used),
        "effectiveGasPrice": quantity(effective_gas_price(item, block.header.base_fee_per_gas)),
        "logsBloom": hex_bytes(receipt.bloom.to_bytes(256, "big")),
        "type": quantity(transaction_type(item)),
        "status": quantity(int(receipt.state_root == b"\x01")),
    }
