"""HTTP and WebSocket on one port, the timer of interval mining, and the command line."""
import argparse
import asyncio
import json
import socket
import time

from aiohttp import WSMsgType, web

from .dispatch import Dispatcher
from .node import DevNode, Options
from .subscriptions import send_json
from .wire import hex_bytes

MESSAGE_BYTE_COUNT_MAX = 16 << 20
IDLE_SECONDS = 0.2
PARSE_ERROR = dict(jsonrpc="2.0", id=None, error=dict(code=-32700, message="parse error"))


class Server:
    """Serves one node."""

    def __init__(self, node):
        self._node, self._dispatcher = node, Dispatcher(node)
        self._turn = asyncio.Lock()

    async def handle(self, request):
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._handle_websocket(request)
        try:
            body = json.loads(await request.read())
        except ValueError:
            return web.json_response(PARSE_ERROR)
        async with self._turn:
            # Between two turns the loop hears who has hung up. Working for those too would keep a
            # loaded machine busy with what nobody reads, for longer than the others wait.
            if request.transport is None or request.transport.is_closing():
                return web.Response()
            return web.json_response(self._dispatcher.answer(body))

    async def _handle_websocket(self, request):
        socket = web.WebSocketResponse(max_msg_size=MESSAGE_BYTE_COUNT_MAX)
        await socket.prepare(request)
        try:
            async for message in socket:
                if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    await send_json(socket, self._answer_text(message.data, socket))
        finally:
            self._node.subscriptions.remove_all_of(socket)
        return socket

    def _answer_text(self, text, socket):
        try:
            body = json.loads(text)
        except ValueError:
            return PARSE_ERROR
        return self._dispatcher.answer(body, socket)

    async def mine_on_interval(self):
        while True:
            interval = self._node.miner.interval
            await asyncio.sleep(interval or IDLE_SECONDS)
            if interval and self._node.miner.interval:
                self._node.miner.mine()


def parse_arguments():
    parser = argparse.ArgumentParser(description="A throw-away Ethereum chain on 127.0.0.1.")
    defaults = Options()
    parser.add_argument("--port", type=int, default=8545)
    parser.add_argument("--chain-id", type=int, default=defaults.chain_id)
    parser.add_argument("--block-time", type=float, default=defaults.block_time, metavar="SECONDS")
    parser.add_argument("--no-mining", action="store_true", help="mine only when told to")
    parser.add_argument("--gas-limit", type=int, default=defaults.gas_limit)
    parser.add_argument("--base-fee", type=int, default=defaults.base_fee, metavar="WEI")
    return parser.parse_args()


def main():
    started = time.time()
    arguments = vars(parse_arguments())
    # Bound here, so that the line that says "ready" can name a port which the system chose (0).
    listener = socket.create_server(("127.0.0.1", arguments.pop("port")))
    node = DevNode(Options(**arguments))
    server = Server(node)
    application = web.Application(client_max_size=MESSAGE_BYTE_COUNT_MAX)
    application.router.add_route("*", "/", server.handle)

    async def announce(_):
        application["miner"] = asyncio.ensure_future(server.mine_on_interval())
        ready = dict(
            ready=True, port=listener.getsockname()[1], chainId=node.options.chain_id,
            genesis=hex_bytes(node.head().hash), accounts=node.accounts[0].address,
            boot_ms=round(1000 * (time.time() - started)))
        print(json.dumps(ready), flush=True)

    application.on_startup.append(announce)
    web.run_app(application, sock=listener, print=None, access_log=None)
