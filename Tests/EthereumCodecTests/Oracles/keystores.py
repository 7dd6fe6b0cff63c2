"""Keystore files by eth-account.

`write SEED COUNT` prints lines of private key, password (hexadecimal), file. `read` takes lines of
password and file on standard input and prints the private key of each."""
import json
import random
import sys

from eth_account import Account

if sys.argv[1] == "write":
    random.seed(int(sys.argv[2]))
    for index in range(int(sys.argv[3])):
        key = random.randbytes(32)
        password = "".join(random.choice("aZ9 é漢😀\"\\") for _ in range(random.randrange(20)))
        kdf = ["scrypt", "pbkdf2"][index % 2]
        file = Account.encrypt(key, password, kdf=kdf, iterations=1024 if index else None)
        if index % 3 == 0:
            file = {"Crypto" if name == "crypto" else name: file[name] for name in file}
        text = json.dumps(file, indent=index % 2 or None)
        print(key.hex(), "x" + password.encode().hex(), text.replace("\n", " "))
else:
    for line in sys.stdin:
        password, text = line.rstrip("\n").split(" ", 1)
        print(bytes(Account.decrypt(text, bytes.fromhex(password[1:]).decode())).hex())
