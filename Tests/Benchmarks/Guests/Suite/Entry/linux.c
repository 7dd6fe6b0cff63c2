// The entry for qemu-riscv32, which runs a program of Linux: no library, only the calls it needs.
// Says the same as native.c, the time in nanoseconds by the clock of the host.
#include "../suite.h"

enum { CALL_WRITE = 64, CALL_EXIT = 93, CALL_CLOCK_GETTIME = 403, CLOCK_MONOTONIC = 1 };

// struct timespec with 64-bit time, as the call fills it in.
typedef struct {
    int64_t seconds;
    int64_t nanoseconds;
} moment;

static long call(long number, long first, long second, long third) {
    register long a0 __asm__("a0") = first;
    register long a1 __asm__("a1") = second;
    register long a2 __asm__("a2") = third;
    register long a7 __asm__("a7") = number;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
    return a0;
}

static int64_t now(void) {
    moment read;
    call(CALL_CLOCK_GETTIME, CLOCK_MONOTONIC, (long)&read, 0);
    return read.seconds * 1000000000 + read.nanoseconds;
}

static char *hexadecimal(char *end, uint32_t value) {
    for (int digit = 0; digit < 8; digit += 1, value >>= 4) *--end = "0123456789abcdef"[value & 15];
    return end;
}

// The stack as Linux leaves it: the count of arguments, then their addresses.
_Noreturn void linux_start(const uint32_t *stack) {
    uint32_t round_count = 0;
    const char *digits = stack[0] == 2 ? (const char *)stack[2] : "";
    for (; *digits >= '0' && *digits <= '9'; digits += 1) {
        round_count = round_count * 10 + (uint32_t)(*digits - '0');
    }
    int64_t begin = now();
    uint32_t sum = suite_run(round_count);
    int64_t elapsed = now() - begin;
    char line[26];
    line[25] = '\n';
    hexadecimal(line + 25, (uint32_t)elapsed);
    hexadecimal(line + 17, (uint32_t)(elapsed >> 32));
    line[8] = ' ';
    hexadecimal(line + 8, sum);
    call(CALL_WRITE, 1, (long)line, sizeof line);
    call(CALL_EXIT, 0, 0, 0);
    __builtin_unreachable();
}

_Noreturn void tandem_fail(const char *message) {
    (void)message;
    call(CALL_EXIT, 1, 0, 0);
    __builtin_unreachable();
}
