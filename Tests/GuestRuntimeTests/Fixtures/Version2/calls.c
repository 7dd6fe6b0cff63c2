// A RISC Zero v2 guest that makes every kind of environment call and commits what it gets.
#include <stdint.h>

static uint32_t call(
    uint32_t number, uint32_t x, uint32_t y, uint32_t z, uint32_t u, uint32_t v, uint32_t w,
    uint32_t syscall, uint32_t *second) {
    register uint32_t t0 __asm__("t0") = number;
    register uint32_t t6 __asm__("t6") = syscall;
    register uint32_t a0 __asm__("a0") = x;
    register uint32_t a1 __asm__("a1") = y;
    register uint32_t a2 __asm__("a2") = z;
    register uint32_t a3 __asm__("a3") = u;
    register uint32_t a4 __asm__("a4") = v;
    register uint32_t a5 __asm__("a5") = w;
    __asm__ volatile("ecall"
                     : "+r"(a0), "+r"(a1)
                     : "r"(t0), "r"(t6), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "memory");
    if (second) *second = a1;
    return a0;
}

#define SYSCALL(name, number, buffer, count, x, y, z, second)                                       \
    call(2, (uint32_t)(buffer), (count),                                                           \
         (uint32_t) "risc0_zkvm_platform::syscall::nr::" name, (uint32_t)(x), (uint32_t)(y),       \
         (uint32_t)(z), (number), (second))

static void commit(const void *bytes, uint32_t count) {
    SYSCALL("SYS_WRITE", 16, 0, 0, 3, bytes, count, 0);
}

static void commit_word(uint32_t word) { commit(&word, 4); }

static uint8_t bytes[4096] __attribute__((aligned(4)));
static uint32_t words[64];
static uint32_t state[8];

static void fill(uint8_t seed) {
    for (uint32_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * i + seed);
}

static void streams(void) {
    // Lengths and places that leave every remainder, and one read longer than the kernel's part.
    static const uint16_t counts[] = {0, 1, 3, 4, 5, 8, 1023, 1027, 2050};
    for (unsigned i = 0; i < sizeof counts / sizeof *counts; i++)
        for (uint32_t offset = 0; offset < 4; offset++) {
            for (uint32_t j = 0; j < sizeof bytes; j++) bytes[j] = 0xee;
            uint32_t count =
                SYSCALL("SYS_READ", 12, bytes + 4 + offset, counts[i], 0, counts[i], 0, 0);
            commit_word(count);
            commit(bytes + 4 + offset, counts[i] < 64 ? counts[i] : 64);
        }
    static const char text[] = "to standard output\n";
    SYSCALL("SYS_WRITE", 16, 0, 0, 1, text, sizeof text - 1, 0);
    SYSCALL("SYS_LOG", 8, 0, 0, text, 3, 0, 0);
}

static void questions(void) {
    uint32_t low, high = SYSCALL("SYS_CYCLE_COUNT", 3, 0, 0, 0, 0, 0, &low);
    commit_word(high), commit_word(low);
    commit_word(SYSCALL("SYS_ARGC", 1, 0, 0, 0, 0, 0, 0));
    commit_word(SYSCALL("SYS_GETENV", 6, words, 4, "HOME", 4, 0, 0));
    SYSCALL("SYS_RANDOM", 11, words, 9, 0, 0, 0, 0);
    commit(words, 36);
    for (uint32_t i = 0; i < 8; i++) commit_word(call(1, i, 0, 0, 0, 0, 0, 0, 0));
    uint32_t ends[2];
    commit_word(SYSCALL("SYS_PIPE", 10, ends, 2, 0, 0, 0, 0));
    SYSCALL("SYS_WRITE", 16, 0, 0, ends[1], "piped", 5, 0);
    commit_word(SYSCALL("SYS_READ", 12, words, 8, ends[0], 8, 0, 0));
    commit(words, 8);
    commit_word(SYSCALL("SYS_VERIFY_INTEGRITY2", 15, 0, 0, bytes, 64, 0, 0));
}

static void hashes(void) {
    fill(3);
    for (int i = 0; i < 8; i++) state[i] = 0x01020304u * (uint32_t)(i + 1);
    call(3, (uint32_t)state, (uint32_t)state, (uint32_t)bytes, (uint32_t)bytes + 32, 25, 0, 0, 0);
    commit(state, 32);
    call(3, (uint32_t)words, (uint32_t)state, (uint32_t)bytes + 64, (uint32_t)bytes, 3, 0, 0, 0);
    commit(words, 32);
    call(3, (uint32_t)words, (uint32_t)state, (uint32_t)bytes, (uint32_t)bytes + 32, 0, 0, 0, 0);
    commit(words, 32);
    commit_word(SYSCALL("SYS_KECCAK", 7, words, 50, 0, bytes, 0, 0));
    commit(words, 200);
    commit_word(SYSCALL("SYS_KECCAK", 7, 0, 0, 1, bytes, bytes + 32, 0));
    // Published: sixteen cells 0 to 15, as elements and as halves of words.
    static const uint32_t halves[8] = {0x10000, 0x30002, 0x50004, 0x70006,
                                       0x90008, 0xb000a, 0xd000c, 0xf000e};
    static uint32_t elements[32];
    for (uint32_t i = 0; i < 32; i++) elements[i] = i;
    call(7, 0, (uint32_t)elements, (uint32_t)words, 0x80000001, 0, 0, 0, 0);
    commit(words, 32);
    call(7, 0, (uint32_t)elements, (uint32_t)words, 0xc0000001, 0, 0, 0, 0);
    call(7, 0, (uint32_t)halves, (uint32_t)words, 1, 0, 0, 0, 0);
    commit(words, 32);
    call(7, 0, (uint32_t)elements, (uint32_t)words, 0x80000002, 0, 0, 0, 0);
    commit(words, 32);
    for (int i = 0; i < 8; i++) state[i] = 0;
    call(7, (uint32_t)state, (uint32_t)elements, (uint32_t)words, 0x80000001, 0, 0, 0, 0);
    call(7, (uint32_t)state, (uint32_t)(elements + 16), (uint32_t)words, 0x80000001, 0, 0, 0, 0);
    commit(words, 32), commit(state, 32);
    // Values above the prime, and no block at all.
    for (int i = 0; i < 8; i++) state[i] = 0xfffffff0u + (uint32_t)i;
    call(7, (uint32_t)state, (uint32_t)elements, (uint32_t)words, 0, 0, 0, 0, 0);
    commit(words, 32), commit(state, 32);
    call(7, (uint32_t)state, (uint32_t)bytes, (uint32_t)words, 0x80000003, 0, 0, 0, 0);
    commit(words, 32), commit(state, 32);
}

int main(void) {
    streams();
    questions();
    hashes();
    call(0, 9 << 8, (uint32_t)bytes, 0, 0, 0, 0, 0, 0);
    return 0;
}
