#!/bin/bash
# build.sh ABI SCALE OUTPUT: mixed.c for ABI_LINUX, ABI_SP1 or ABI_RISC0 (reference/zkvm.md 5.3).
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags=(--target=riscv32-none-none-eabi -march=rv32im -mabi=ilp32 -O2 -ffreestanding -fno-builtin "-D$1" "-DSCALE=$2")
clang "${flags[@]}" -c mixed.c -o "$work/mixed.o"
clang "${flags[@]}" -c start.S -o "$work/start.o"
ld.lld -m elf32lriscv -static --gc-sections -z norelro -T link.ld "$work/start.o" "$work/mixed.o" -o "$3"
