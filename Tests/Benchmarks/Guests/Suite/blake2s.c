// BLAKE2s (RFC 7693): each round hashes 64 KiB and goes on from the state before.
#include "suite.h"

enum { BLOCK_COUNT = 1024 };

static const uint32_t initial[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const uint8_t orders[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

static uint32_t message[BLOCK_COUNT][16];

static inline uint32_t rotated(uint32_t word, int count) {
    return word >> count | word << (32 - count);
}

static inline void quarter(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint32_t x,
                           uint32_t y) {
    *a += *b + x;
    *d = rotated(*d ^ *a, 16);
    *c += *d;
    *b = rotated(*b ^ *c, 12);
    *a += *b + y;
    *d = rotated(*d ^ *a, 8);
    *c += *d;
    *b = rotated(*b ^ *c, 7);
}

static void compress(uint32_t state[8], const uint32_t block[16], uint64_t count) {
    uint32_t v[16];
    for (int index = 0; index < 8; index += 1) v[index] = state[index];
    for (int index = 0; index < 8; index += 1) v[index + 8] = initial[index];
    v[12] ^= (uint32_t)count;
    v[13] ^= (uint32_t)(count >> 32);
    for (int round = 0; round < 10; round += 1) {
        const uint8_t *order = orders[round];
        quarter(&v[0], &v[4], &v[8], &v[12], block[order[0]], block[order[1]]);
        quarter(&v[1], &v[5], &v[9], &v[13], block[order[2]], block[order[3]]);
        quarter(&v[2], &v[6], &v[10], &v[14], block[order[4]], block[order[5]]);
        quarter(&v[3], &v[7], &v[11], &v[15], block[order[6]], block[order[7]]);
        quarter(&v[0], &v[5], &v[10], &v[15], block[order[8]], block[order[9]]);
        quarter(&v[1], &v[6], &v[11], &v[12], block[order[10]], block[order[11]]);
        quarter(&v[2], &v[7], &v[8], &v[13], block[order[12]], block[order[13]]);
        quarter(&v[3], &v[4], &v[9], &v[14], block[order[14]], block[order[15]]);
    }
    for (int index = 0; index < 8; index += 1) state[index] ^= v[index] ^ v[index + 8];
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {3};
    for (int block = 0; block < BLOCK_COUNT; block += 1) {
        for (int index = 0; index < 16; index += 1) message[block][index] = next(&source);
    }
    uint32_t state[8], sum = 0;
    for (int index = 0; index < 8; index += 1) state[index] = initial[index];
    state[0] ^= 0x01010020;
    uint64_t count = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        for (int block = 0; block < BLOCK_COUNT; block += 1) {
            count += 64;
            compress(state, message[block], count);
        }
    }
    for (int index = 0; index < 8; index += 1) sum = mixed(sum, state[index]);
    return sum;
}
