.section .text.start, "ax"
.globl _start
_start:
#ifndef ABI_LINUX
    lui sp, 0x200
    addi sp, sp, 0x400
#endif
    j main
