// The kernel's first instructions and its handler (reference/zkvm.md 1.9).
    .equ MRET, 0x30200073
    .section .text.start, "ax"
    .globl _start
_start:
    li sp, 0xfff00000
    // Where the user's environment calls go on.
    la t0, handler
    li t1, 0xffff1000
    sw t0, 0(t1)
#ifdef WITH_TRAPS
    la t0, trap
    li t1, 0xffff2000
    sw t0, 16(t1)
#endif
    // MRET goes on four bytes behind the address in this word.
    li t0, 0x00010000
    lw t0, 0(t0)
    addi t0, t0, -4
    li t1, 0xffff0200
    sw t0, 0(t1)
    .word MRET

handler:
    call answer
    .word MRET

#ifdef WITH_TRAPS
// A misaligned load: the user's a0 becomes 77, and the instruction is skipped.
trap:
    li t0, 0xffff0080
    li t1, 77
    sb t1, 40(t0)
    sb zero, 41(t0)
    sh zero, 42(t0)
    .word MRET
#endif
