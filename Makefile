# Everything a person does with a checkout. Each target sets up what it needs and skips what is done.
#
#   make demo    a chain, a node, a program, a job and its result in a contract, then all is gone
#   make test    every test
#   make build   .build/release/tandem
#   make check   format, layer and import rules
#   make bench   benchmarks, printed as ratios
#   make bench-machine   programs on this machine itself, on qemu-riscv32 and on tandem, as ratios
#   make soak-machine    random programs on both engines for SOAK_SECONDS, an hour by default
#   make fuzz-machine    libFuzzer on everything that reads programs, FUZZ_SECONDS (600) each
#   make proto   Sources/CoprocessorProto, again from Proto/
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

PYTHON := .build/venv/bin/python
TANDEM := .build/release/tandem
SWIFT := swift
# An import of a module that the manifest does not list is an error: DESIGN's layers hold.
BUILD_FLAGS := --explicit-target-dependency-import-check error

.PHONY: demo test build check bench bench-machine soak-machine fuzz-machine proto setup test-swift test-contracts test-end-to-end

setup:
	@Tests/Setup/apt.sh
	@Tests/Setup/python.sh

build: setup
	@echo "==> building $(TANDEM) (the first time takes minutes)"
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product tandem

demo: build
	@$(TANDEM) demo

test: test-swift test-contracts test-end-to-end
	@echo "==> every test passed"

test-swift: setup
	@echo "==> Swift tests"
	@$(SWIFT) build --build-tests $(BUILD_FLAGS)
	@Tests/Setup/swift-tests.sh

test-contracts: setup
	@echo "==> tests of the contracts and of the development chain, on py-evm"
	@$(PYTHON) -m pytest -q Contracts/tests
	@$(PYTHON) -m pytest -q Tests/DevChain

test-end-to-end: build
	@echo "==> tests of the whole node, over its sockets"
	@$(PYTHON) -m pytest -q Tests/EndToEnd

check: setup
	@Tests/Setup/check.sh

bench: build
	@Tests/Benchmarks/run.sh

bench-machine: build
	@Tests/Benchmarks/machine.sh

SOAK_SECONDS ?= 3600

soak-machine: setup
	@echo "==> random programs on both engines, $(SOAK_SECONDS) s"
	@TANDEM_PLAIN=1 $(SWIFT) build -c release --package-path Tests/Fuzz --scratch-path .build/soak
	@.build/soak/release/Soak $(SOAK_SECONDS) $(SOAK_SEED)

FUZZ_SECONDS ?= 600

fuzz-machine: setup
	@echo "==> fuzzers, $(FUZZ_SECONDS) s each"
	@Tests/Fuzz/run.sh $(FUZZ_SECONDS)

proto: setup
	@$(SWIFT) build --product protoc-gen-swift
	@$(PYTHON) Proto/generate.py "$$($(SWIFT) build --show-bin-path)/protoc-gen-swift"
