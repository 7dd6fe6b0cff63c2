"""From a JSON-RPC request to its answer."""
import inspect
import logging

from eth.exceptions import HeaderNotFound

from .rpc import RpcMethods
from .wire import RpcError, rejected

METHOD_NOT_FOUND_CODE = -32601
INVALID_PARAMETERS_CODE = -32602
INTERNAL_ERROR_CODE = -32603


class Dispatcher:
    """Answers requests, alone or in batches, from HTTP or from a WebSocket."""

    def __init__(self, node):
        self.node, self._methods = node, RpcMethods(node)

    def answer(self, body, socket=None):
        if isinstance(body, list):
            return [self._answer_one(request, socket) for request in body]
        return self._answer_one(body, socket)

    def _answer_one(self, request, socket):
        identifier = request.get("id") if isinstance(request, dict) else None
        try:
            result = self._call(request["method"], request.get("params") or [], socket)
            return dict(jsonrpc="2.0", id=identifier, result=result)
        except RpcError as error:
            failure = error
        except HeaderNotFound:
            failure = rejected("header not found")
        except Exception as error:
            logging.exception("internal error")
            failure = RpcError(INTERNAL_ERROR_CODE, f"{type(error).__name__}: {error}")
        return dict(jsonrpc="2.0", id=identifier, error=failure.to_json())

    def _call(self, name, parameters, socket):
        if name == "eth_subscribe":
            if socket is None:
                raise RpcError(METHOD_NOT_FOUND_CODE, "notifications not supported")
            kind, log_filter = (list(parameters) + [{}])[:2]
            return self.node.subscriptions.add(socket, kind, log_filter)
        if name == "eth_unsubscribe":
            return self.node.subscriptions.remove(parameters[0])
        method = None if name.startswith("_") else getattr(self._methods, name, None)
        if method is None:
            message = f"the method {name} does not exist/is not available"
            raise RpcError(METHOD_NOT_FOUND_CODE, message)
        try:
            inspect.signature(method).bind(*parameters)
        except TypeError as error:
            raise RpcError(INVALID_PARAMETERS_CODE, f"invalid params: {error}")
        return method(*parameters)
