# Where Linux starts the program: the stack pointer is set, the global pointer is not.
    .section .text.start, "ax", @progbits
    .globl _start
_start:
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    mv      a0, sp
    call    linux_start
