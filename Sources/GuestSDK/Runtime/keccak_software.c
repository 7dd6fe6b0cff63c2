// Keccak-f[1600] (FIPS 202 section 3.2), for machines without a precompile: RISC Zero 1.0 has none.
#include "machine.h"

#if defined(TANDEM_VM_RISC0) || defined(TANDEM_NO_PRECOMPILES)

enum { ROUND_COUNT = 24 };

static const uint64_t round_constants[ROUND_COUNT] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

// Where the lane that rho and pi take up next goes, and by how much it turns.
static const uint8_t places[24] = {
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4,
    15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
};
static const uint8_t turns[24] = {
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14,
    27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
};

static inline uint64_t rotate(uint64_t lane, int count) {
    return lane << count | lane >> (64 - count);
}

// The loops over the tables above must unroll: only then are the rotations by known amounts, and
// each a handful of instructions.
#define UNROLL _Pragma("clang loop unroll(full)")

static inline void theta(uint64_t lanes[25]) {
    uint64_t columns[5];
    UNROLL for (int x = 0; x < 5; x += 1) {
        columns[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
    }
    UNROLL for (int x = 0; x < 5; x += 1) {
        uint64_t change = columns[(x + 4) % 5] ^ rotate(columns[(x + 1) % 5], 1);
        UNROLL for (int y = 0; y < 25; y += 5) lanes[x + y] ^= change;
    }
}

static inline void rho_pi(uint64_t lanes[25]) {
    uint64_t moving = lanes[1];
    UNROLL for (int step = 0; step < 24; step += 1) {
        uint64_t found = lanes[places[step]];
        lanes[places[step]] = rotate(moving, turns[step]);
        moving = found;
    }
}

static inline void chi(uint64_t lanes[25]) {
    for (int y = 0; y < 25; y += 5) {
        uint64_t *row = lanes + y;
        uint64_t first = row[0], second = row[1];
        row[0] ^= ~row[1] & row[2];
        row[1] ^= ~row[2] & row[3];
        row[2] ^= ~row[3] & row[4];
        row[3] ^= ~row[4] & first;
        row[4] ^= ~first & second;
    }
}

void tandem_machine_keccak(uint64_t state[25]) {
    for (int round = 0; round < ROUND_COUNT; round += 1) {
        theta(state);
        rho_pi(state);
        chi(state);
        state[0] ^= round_constants[round];
    }
}

#endif
