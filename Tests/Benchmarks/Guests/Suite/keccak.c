// Keccak-f[1600] (FIPS 202) as 32-bit machines compute it: a lane is a word of its even bits and a
// word of its odd ones, so that a rotation of the lane is one rotation of each word. Each round
// absorbs 1,024 blocks of 136 bytes. The checksum is that of keccak64.c.
#include "suite.h"

enum { BLOCK_COUNT = 1024, RATE_LANES = 17 };

typedef struct {
    uint32_t even;
    uint32_t odd;
} lane;

static const lane constants[24] = {
    {0x00000001, 0x00000000}, {0x00000000, 0x00000089}, {0x00000000, 0x8000008b},
    {0x00000000, 0x80008080}, {0x00000001, 0x0000008b}, {0x00000001, 0x00008000},
    {0x00000001, 0x80008088}, {0x00000001, 0x80000082}, {0x00000000, 0x0000000b},
    {0x00000000, 0x0000000a}, {0x00000001, 0x00008082}, {0x00000000, 0x00008003},
    {0x00000001, 0x0000808b}, {0x00000001, 0x8000000b}, {0x00000001, 0x8000008a},
    {0x00000001, 0x80000081}, {0x00000000, 0x80000081}, {0x00000000, 0x80000008},
    {0x00000000, 0x00000083}, {0x00000000, 0x80008003}, {0x00000001, 0x80008088},
    {0x00000000, 0x80000088}, {0x00000001, 0x00008000}, {0x00000000, 0x80008082},
};

// Only with these loops unrolled are the places of lanes known to the compiler.
#define UNROLL _Pragma("clang loop unroll(full)")

static inline uint32_t turned(uint32_t word, int count) {
    return count == 0 ? word : word << count | word >> (32 - count);
}

// An odd rotation exchanges even and odd bits.
static inline lane rotated(lane from, int count) {
    int half = count / 2;
    if (count % 2 == 0) return (lane){turned(from.even, half), turned(from.odd, half)};
    return (lane){turned(from.odd, (half + 1) % 32), turned(from.even, half)};
}

static inline lane either(lane left, lane right) {
    return (lane){left.even ^ right.even, left.odd ^ right.odd};
}

static inline lane but_not(lane left, lane right) {
    return (lane){~left.even & right.even, ~left.odd & right.odd};
}

// Exchanges the bits under the mask with those `count` above them; done twice it undoes itself.
static uint32_t exchanged(uint32_t word, uint32_t mask, int count) {
    uint32_t moved = (word ^ word >> count) & mask;
    return word ^ moved ^ moved << count;
}

// The even bits of a word in its lower half, the odd ones in its upper half; and back.
static uint32_t sorted(uint32_t word) {
    word = exchanged(exchanged(word, 0x22222222, 1), 0x0C0C0C0C, 2);
    return exchanged(exchanged(word, 0x00F000F0, 4), 0x0000FF00, 8);
}

static uint32_t shuffled(uint32_t word) {
    word = exchanged(exchanged(word, 0x0000FF00, 8), 0x00F000F0, 4);
    return exchanged(exchanged(word, 0x0C0C0C0C, 2), 0x22222222, 1);
}

static lane interleaved(uint32_t low, uint32_t high) {
    low = sorted(low);
    high = sorted(high);
    return (lane){(low & 0xFFFF) | high << 16, low >> 16 | (high & 0xFFFF0000)};
}

// One step of rho and pi: the lane taken up goes to its place, and the one there is taken up.
#define MOVE(place, count)                                                                         \
    held = lanes[place];                                                                           \
    lanes[place] = rotated(moved, count);                                                          \
    moved = held;

static inline void theta(lane lanes[25]) {
    lane columns[5];
    UNROLL for (int x = 0; x < 5; x += 1) {
        columns[x] = either(either(lanes[x], lanes[x + 5]), either(lanes[x + 10], lanes[x + 15]));
        columns[x] = either(columns[x], lanes[x + 20]);
    }
    UNROLL for (int x = 0; x < 5; x += 1) {
        lane change = either(columns[(x + 4) % 5], rotated(columns[(x + 1) % 5], 1));
        UNROLL for (int y = 0; y < 25; y += 5) lanes[x + y] = either(lanes[x + y], change);
    }
}

static inline void rho_and_pi(lane lanes[25]) {
    lane moved = lanes[1], held;
    MOVE(10, 1) MOVE(7, 3) MOVE(11, 6) MOVE(17, 10) MOVE(18, 15) MOVE(3, 21)
    MOVE(5, 28) MOVE(16, 36) MOVE(8, 45) MOVE(21, 55) MOVE(24, 2) MOVE(4, 14)
    MOVE(15, 27) MOVE(23, 41) MOVE(19, 56) MOVE(13, 8) MOVE(12, 25) MOVE(2, 43)
    MOVE(20, 62) MOVE(14, 18) MOVE(22, 39) MOVE(9, 61) MOVE(6, 20)
    lanes[1] = rotated(moved, 44);
}

static inline void chi(lane lanes[25]) {
    UNROLL for (int y = 0; y < 25; y += 5) {
        lane row[5];
        UNROLL for (int x = 0; x < 5; x += 1) row[x] = lanes[y + x];
        UNROLL for (int x = 0; x < 5; x += 1) {
            lanes[y + x] = either(row[x], but_not(row[(x + 1) % 5], row[(x + 2) % 5]));
        }
    }
}

static void permute(lane lanes[25]) {
    for (int round = 0; round < 24; round += 1) {
        theta(lanes);
        rho_and_pi(lanes);
        chi(lanes);
        lanes[0] = either(lanes[0], constants[round]);
    }
}

uint32_t suite_run(uint32_t round_count) {
    static uint32_t message[2 * RATE_LANES];
    generator source = {2};
    for (int index = 0; index < 2 * RATE_LANES; index += 1) message[index] = next(&source);
    lane lanes[25] = {{0, 0}};
    for (uint32_t block = 0; block < round_count * BLOCK_COUNT; block += 1) {
        for (int index = 0; index < RATE_LANES; index += 1) {
            lane taken = interleaved(message[2 * index], message[2 * index + 1]);
            lanes[index] = either(lanes[index], taken);
        }
        permute(lanes);
    }
    uint32_t sum = 0;
    for (int index = 0; index < 25; index += 1) {
        uint32_t even = lanes[index].even, odd = lanes[index].odd;
        sum = mixed(sum, shuffled((even & 0xFFFF) | odd << 16));
        sum = mixed(sum, shuffled(even >> 16 | (odd & 0xFFFF0000)));
    }
    return sum;
}
