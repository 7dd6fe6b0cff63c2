# Where every program starts. Both machines begin with all registers zero and memory zero-filled,
# so that only the global pointer and the stack remain to be set; .bss needs no clearing.
    .section .text.start, "ax", @progbits
    .globl _start
    .type _start, @function
_start:
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    li      sp, 0x00200400          # just below the text, growing down; 2 MiB
    call    tandem_start
    unimp                           # tandem_start does not return
    .size _start, . - _start
