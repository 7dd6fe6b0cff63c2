"""eth_subscribe: who wants to hear of what, and whether a log matches a filter."""
import asyncio
import json

from .wire import quantity


def _one_of(value, wanted):
    """Whether the value is the wanted text, or one of the wanted texts."""
    wanted = [wanted] if isinstance(wanted, str) else wanted
    return value in [text.lower() for text in wanted]


def log_matches(log, log_filter):
    """Whether a log passes the addresses and topics of an eth_getLogs filter."""
    addresses = log_filter.get("address")
    if addresses and not _one_of(log["address"], addresses):
        return False
    for index, topic in enumerate(log_filter.get("topics") or []):
        if topic is None:
            continue
        if index >= len(log["topics"]) or not _one_of(log["topics"][index], topic):
            return False
    return True


async def send_json(socket, value):
    """Sends to a WebSocket that may have gone away meanwhile."""
    try:
        await socket.send_str(json.dumps(value))
    except (ConnectionError, RuntimeError):
        pass  # the reader of this socket ends by itself and takes its subscriptions along


class Subscriptions:
    """Open subscriptions by id."""

    def __init__(self):
        self._open, self._count = {}, 0

    def add(self, socket, kind, log_filter):
        self._count += 1
        identifier = quantity(self._count)
        self._open[identifier] = (socket, kind, log_filter)
        return identifier

    def remove(self, identifier):
        return self._open.pop(identifier, None) is not None

    def remove_all_of(self, socket):
        for identifier in [key for key, entry in self._open.items() if entry[0] is socket]:
            del self._open[identifier]

    def publish(self, kind, payload):
        for identifier, (socket, wanted, log_filter) in list(self._open.items()):
            if wanted != kind or (kind == "logs" and not log_matches(payload, log_filter)):
                continue
            params = dict(subscription=identifier, result=payload)
            message = dict(jsonrpc="2.0", method="eth_subscription", params=params)
            asyncio.ensure_future(send_json(socket, message))
