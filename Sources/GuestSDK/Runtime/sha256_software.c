// The compression function of FIPS 180-4 section 6.2.2, for programs built without precompiles.
#ifdef TANDEM_NO_PRECOMPILES

#include "machine.h"

// The first 32 bits of the fractions of the cube roots of the first 64 primes.
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, int count) { return word >> count | word << (32 - count); }

static void extend(uint32_t schedule[64], const uint8_t *block) {
    for (int index = 0; index < 16; index += 1, block += 4) {
        schedule[index] = (uint32_t)block[0] << 24 | block[1] << 16 | block[2] << 8 | block[3];
    }
    for (int index = 16; index < 64; index += 1) {
        uint32_t early = schedule[index - 15], late = schedule[index - 2];
        uint32_t first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3;
        uint32_t second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10;
        schedule[index] = schedule[index - 16] + first + schedule[index - 7] + second;
    }
}

static void compress(uint32_t state[8], const uint32_t schedule[64]) {
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int index = 0; index < 64; index += 1) {
        uint32_t mixed = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        uint32_t chosen = (e & f) ^ (~e & g);
        uint32_t first = h + mixed + chosen + round_constants[index] + schedule[index];
        uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        uint32_t second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority;
        h = g, g = f, f = e, e = d + first;
        d = c, c = b, b = a, a = first + second;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void tandem_machine_sha256(uint32_t state[8], const uint8_t *blocks, size_t count) {
    uint32_t schedule[64];
    for (; count > 0; count -= 1, blocks += 64) {
        extend(schedule, blocks);
        compress(state, schedule);
    }
}

#endif
