// A kernel for RISC Zero v2 guests, for tests: the environment calls of v1 on top of the machine's
// (reference/zkvm.md 1.4, 1.5 and 1.9). Its text is at 0xc0000000; the machine lends it the user's
// registers as words.
#include <stdint.h>

enum { T0 = 5, T1, T2, A0 = 10, A1, A2, A3, A4, A5, A6, T3 = 28, T6 = 31 };

static volatile uint32_t *const user = (volatile uint32_t *)0xffff0080;
static volatile uint32_t *const input_digest = (volatile uint32_t *)0xffff0260;
static volatile uint32_t *const output_digest = (volatile uint32_t *)0xffff0240;

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t machine(
    uint32_t number, uint32_t x, uint32_t y, uint32_t z, uint32_t u, uint32_t v) {
    register uint32_t a7 __asm__("a7") = number;
    register uint32_t a0 __asm__("a0") = x;
    register uint32_t a1 __asm__("a1") = y;
    register uint32_t a2 __asm__("a2") = z;
    register uint32_t a3 __asm__("a3") = u;
    register uint32_t a4 __asm__("a4") = v;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4) : "memory");
    return a0;
}

static void stop(void) {
    static const char text[] = "the kernel gives up\n";
    machine(2, 0, (uint32_t)text, sizeof text - 1, 0, 0);
    __builtin_trap();
}

static void halt(void) {
    const uint32_t *digest = (const uint32_t *)user[A1];
    for (int i = 0; i < 8; i++) output_digest[i] = digest[i];
    machine(0, (user[A0] & 0xff) | (user[A0] >> 8 & 0xff) << 16, 0, 0, 0, 0);
}

static void input(void) {
    if (user[A0] >= 8) stop();
    user[A0] = input_digest[user[A0]];
}

static uint32_t answers[2];

static void ask(uint32_t buffer, uint32_t count) {
    machine(1, user[A2], buffer, count, 0, 0);
    machine(1, 0, (uint32_t)answers, sizeof answers, 0, 0);
}

// Whole words go straight to the user's buffer; what is left of the last one comes in a register.
static void read(void) {
    uint32_t buffer = user[A0], wanted = user[A1], keep = user[A4], total = 0;
    while (total < wanted) {
        uint32_t part = wanted - total < 1024 ? wanted - total : 1024;
        user[A4] = part;
        ask(buffer + total, part & ~3u);
        if (answers[0] > part) stop();
        for (uint32_t i = part & ~3u, word = answers[1]; i < answers[0]; i++, word >>= 8)
            ((volatile uint8_t *)(buffer + total))[i] = (uint8_t)word;
        total += answers[0];
        if (answers[0] < part) break;
    }
    user[A0] = total;
    user[A4] = keep;
}

static void software(void) {
    if (user[T6] == 12) return read();
    ask(user[A0], user[A0] ? user[A1] * 4 : 0);
    user[A0] = answers[0];
    user[A1] = answers[1];
}

static uint32_t pair[16];

static void sha(void) {
    uint32_t old = user[A1], first = user[A2], second = user[A3], count = user[A4];
    uint32_t constants = (uint32_t)round_constants;
    if (second == first + 32) {
        do {
            uint32_t part = count < 10 ? count : 10;
            machine(4, old, user[A0], first, part, constants);
            old = user[A0], first += part * 64, count -= part;
        } while (count);
        return;
    }
    for (; count; count--, first += 64, second += 64, old = user[A0]) {
        for (int i = 0; i < 8; i++) {
            pair[i] = ((const uint32_t *)first)[i];
            pair[8 + i] = ((const uint32_t *)second)[i];
        }
        machine(4, old, user[A0], (uint32_t)pair, 1, constants);
    }
}

// The arenas are named by the numbers of registers, so all of them have to hold the user's values.
static void big_integers(void) {
    __asm__ volatile(
        "li t4, 0xffff0080\n"
        "li t0, 0\n"
        "lw t1, 24(t4)\n lw t2, 28(t4)\n lw t3, 112(t4)\n"
        "lw a0, 40(t4)\n lw a1, 44(t4)\n lw a2, 48(t4)\n lw a3, 52(t4)\n"
        "lw a4, 56(t4)\n lw a5, 60(t4)\n lw a6, 64(t4)\n"
        "li a7, 5\n ecall\n" ::
            : "t0", "t1", "t2", "t3", "t4", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "memory");
}

void answer(void) {
    switch (user[T0]) {
    case 0: return halt();
    case 1: return input();
    case 2: return software();
    case 3: return sha();
    case 6: return big_integers();
    case 7: machine(3, user[A0], user[A1], user[A2], user[A3], 0); return;
    default: stop();
    }
}
