"""How JSON-RPC spells numbers, bytes and errors."""


class RpcError(Exception):
    """An error that goes back to the caller as it is: code, message and optional data."""

    def __init__(self, code, message, data=None):
        super().__init__(message)
        self.code, self.message, self.data = code, message, data

    def to_json(self):
        error = {"code": self.code, "message": self.message}
        if self.data is not None:
            error["data"] = self.data
        return error


def rejected(message):
    """The error that geth answers with when it does not take a transaction."""
    return RpcError(-32000, message)


def hex_bytes(value):
    """Bytes as `0x` and two digits each."""
    return "0x" + bytes(value).hex()


def hex_word(value):
    """A number as a 32-byte word."""
    return hex_bytes(value.to_bytes(32, "big"))


def quantity(value):
    """A number without leading zeros."""
    return hex(value)


def parse_quantity(text):
    """A number, spelled in hexadecimal or given as a JSON number."""
    return int(text, 16) if isinstance(text, str) else int(text)


def parse_bytes(text):
    """Bytes, `0x` optional."""
    return bytes.fromhex(text.removeprefix("0x"))
