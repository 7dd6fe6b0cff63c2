// Keccak-f[1600] (FIPS 202) on lanes of 64 bits, as programs for 64-bit machines are written: each
// round absorbs 1,024 blocks of 136 bytes. The guest has every lane in two registers or in memory,
// and four to ten instructions for one of the host's.
#include "suite.h"

enum { BLOCK_COUNT = 1024, RATE_LANES = 17 };

static const uint64_t constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static inline uint64_t rotated(uint64_t lane, int count) {
    return lane << count | lane >> (64 - count);
}

// One step of rho and pi: the lane taken up goes to its place, and the one there is taken up.
#define MOVE(place, count)                                                                         \
    held = lanes[place];                                                                           \
    lanes[place] = rotated(moved, count);                                                          \
    moved = held;

// Only with these loops unrolled are the places of lanes known to the compiler.
#define UNROLL _Pragma("clang loop unroll(full)")

static inline void theta(uint64_t lanes[25]) {
    uint64_t columns[5];
    UNROLL for (int x = 0; x < 5; x += 1) {
        columns[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
    }
    UNROLL for (int x = 0; x < 5; x += 1) {
        uint64_t change = columns[(x + 4) % 5] ^ rotated(columns[(x + 1) % 5], 1);
        UNROLL for (int y = 0; y < 25; y += 5) lanes[x + y] ^= change;
    }
}

static inline void rho_and_pi(uint64_t lanes[25]) {
    uint64_t moved = lanes[1], held;
    MOVE(10, 1) MOVE(7, 3) MOVE(11, 6) MOVE(17, 10) MOVE(18, 15) MOVE(3, 21)
    MOVE(5, 28) MOVE(16, 36) MOVE(8, 45) MOVE(21, 55) MOVE(24, 2) MOVE(4, 14)
    MOVE(15, 27) MOVE(23, 41) MOVE(19, 56) MOVE(13, 8) MOVE(12, 25) MOVE(2, 43)
    MOVE(20, 62) MOVE(14, 18) MOVE(22, 39) MOVE(9, 61) MOVE(6, 20)
    lanes[1] = rotated(moved, 44);
}

static inline void chi(uint64_t lanes[25]) {
    UNROLL for (int y = 0; y < 25; y += 5) {
        uint64_t row[5];
        UNROLL for (int x = 0; x < 5; x += 1) row[x] = lanes[y + x];
        UNROLL for (int x = 0; x < 5; x += 1) {
            lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
    }
}

static void permute(uint64_t lanes[25]) {
    for (int round = 0; round < 24; round += 1) {
        theta(lanes);
        rho_and_pi(lanes);
        chi(lanes);
        lanes[0] ^= constants[round];
    }
}

uint32_t suite_run(uint32_t round_count) {
    static uint64_t message[RATE_LANES];
    generator source = {2};
    for (int index = 0; index < RATE_LANES; index += 1) {
        uint32_t low = next(&source);
        message[index] = low | (uint64_t)next(&source) << 32;
    }
    uint64_t lanes[25] = {0};
    for (uint32_t block = 0; block < round_count * BLOCK_COUNT; block += 1) {
        for (int index = 0; index < RATE_LANES; index += 1) lanes[index] ^= message[index];
        permute(lanes);
    }
    uint32_t sum = 0;
    for (int index = 0; index < 25; index += 1) {
        sum = mixed(mixed(sum, (uint32_t)lanes[index]), (uint32_t)(lanes[index] >> 32));
    }
    return sum;
}
