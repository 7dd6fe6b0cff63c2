#!/usr/bin/env python3
"""A throw-away Ethereum chain on 127.0.0.1; see README.md. The parts are in the package devnode."""
from devnode.server import main

if __name__ == "__main__":
    main()
