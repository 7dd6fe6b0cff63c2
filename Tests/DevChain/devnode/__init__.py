"""A development Ethereum node: py-evm runs the EVM, this package is everything around it."""
