#!/bin/bash
# build.sh FOLDER: the kernel and the guests of the tests. No linker script: as in published programs the
# ELF headers become part of both images, at the same address.
set -e
cd "$(dirname "$0")"
flags=(--target=riscv32-none-none-eabi -march=rv32im -mabi=ilp32 -O2 -ffreestanding -fno-builtin -mno-relax)
folder=$1
# NAME TEXT_ADDRESS FLAG SOURCE...
build() {
    output=$folder/$1 address=$2 flag=$3
    shift 3
    objects=()
    for source in "$@"; do
        object=$output.$(basename "$source").o
        clang "${flags[@]}" "$flag" -c "$source" -o "$object"
        objects+=("$object")
    done
    ld.lld -m elf32lriscv -static --gc-sections -z norelro -e _start "-Ttext=$address" \
        "${objects[@]}" -o "$output"
    rm "${objects[@]}"
}
build kernel 0xc0000000 -DKERNEL kernel_start.S kernel.c
build kernel-traps 0xc0000000 -DWITH_TRAPS kernel_start.S kernel.c
build mixed 0x00200800 -DABI_RISC0 ../start.S ../mixed.c
build calls 0x00200800 -DABI_RISC0 ../start.S calls.c
