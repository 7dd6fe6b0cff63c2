// SHA-512 (FIPS 180-4 section 6.4).
#include "tandem_signatures.h"

#include <string.h>

enum { BLOCK_BYTE_COUNT = 128, LENGTH_OFFSET = 112, ROUND_COUNT = 80 };

// The first 64 bits of the fractions of the cube roots of the first 80 primes.
static const uint64_t round_constants[ROUND_COUNT] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static inline uint64_t rotate(uint64_t word, int count) {
    return word >> count | word << (64 - count);
}

static inline uint64_t big_endian(uint64_t word) {
    const uint8_t *byte = (const uint8_t *)&word;
    uint32_t high = (uint32_t)byte[0] << 24 | byte[1] << 16 | byte[2] << 8 | byte[3];
    uint32_t low = (uint32_t)byte[4] << 24 | byte[5] << 16 | byte[6] << 8 | byte[7];
    return (uint64_t)high << 32 | low;
}

// The schedule's words from 16 on take the places of those 16 before them.
static inline uint64_t next_word(uint64_t schedule[16], int round) {
    uint64_t early = schedule[(round + 1) & 15], late = schedule[(round + 14) & 15];
    uint64_t first = rotate(early, 1) ^ rotate(early, 8) ^ early >> 7;
    uint64_t second = rotate(late, 19) ^ rotate(late, 61) ^ late >> 6;
    uint64_t word = schedule[round & 15] + first + schedule[(round + 9) & 15] + second;
    schedule[round & 15] = word;
    return word;
}

// One round, after which the names of the eight words move on by one instead of their contents.
#define ROUND(a, b, c, d, e, f, g, h, place) \
    do { \
        uint64_t word = from == 0 ? schedule[place] : next_word(schedule, place); \
        uint64_t first = h + (rotate(e, 14) ^ rotate(e, 18) ^ rotate(e, 41)) \
                         + (g ^ (e & (f ^ g))) + round_constants[from + place] + word; \
        d += first; \
        h = first + (rotate(a, 28) ^ rotate(a, 34) ^ rotate(a, 39)) + ((a & b) | (c & (a | b))); \
    } while (0)

#define EIGHT_ROUNDS(place) \
    ROUND(a, b, c, d, e, f, g, h, place); \
    ROUND(h, a, b, c, d, e, f, g, place + 1); \
    ROUND(g, h, a, b, c, d, e, f, place + 2); \
    ROUND(f, g, h, a, b, c, d, e, place + 3); \
    ROUND(e, f, g, h, a, b, c, d, place + 4); \
    ROUND(d, e, f, g, h, a, b, c, place + 5); \
    ROUND(c, d, e, f, g, h, a, b, place + 6); \
    ROUND(b, c, d, e, f, g, h, a, place + 7)

static void compress(uint64_t state[8], uint64_t schedule[16]) {
    uint64_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint64_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int from = 0; from < ROUND_COUNT; from += 16) {
        EIGHT_ROUNDS(0);
        EIGHT_ROUNDS(8);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static void take_block(tandem_sha512_hasher *hasher) {
    for (int index = 0; index < 16; index += 1) {
        hasher->block[index] = big_endian(hasher->block[index]);
    }
    compress(hasher->state, hasher->block);
    hasher->filled = 0;
}

void tandem_sha512_begin(tandem_sha512_hasher *hasher) {
    static const uint64_t initial[8] = {
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    };
    memcpy(hasher->state, initial, sizeof initial);
    hasher->filled = 0;
    hasher->total = 0;
}

void tandem_sha512_update(tandem_sha512_hasher *hasher, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    hasher->total += count;
    while (count > 0) {
        size_t room = BLOCK_BYTE_COUNT - hasher->filled;
        size_t taken = count < room ? count : room;
        memcpy((uint8_t *)hasher->block + hasher->filled, next, taken);
        hasher->filled += taken;
        next += taken;
        count -= taken;
        if (hasher->filled == BLOCK_BYTE_COUNT) take_block(hasher);
    }
}

void tandem_sha512_finish(tandem_sha512_hasher *hasher, uint8_t digest[64]) {
    uint8_t *block = (uint8_t *)hasher->block;
    uint64_t bits = hasher->total * 8;
    block[hasher->filled] = 0x80;
    memset(block + hasher->filled + 1, 0, BLOCK_BYTE_COUNT - 1 - hasher->filled);
    if (hasher->filled >= LENGTH_OFFSET) {
        take_block(hasher);
        memset(block, 0, LENGTH_OFFSET);
    }
    // The length has 128 bits, of which the upper half is zero.
    hasher->block[14] = 0;
    hasher->block[15] = big_endian(bits);
    take_block(hasher);
    for (int index = 0; index < 8; index += 1) {
        uint64_t word = big_endian(hasher->state[index]);
        memcpy(digest + 8 * index, &word, sizeof word);
    }
}
