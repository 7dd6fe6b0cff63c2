// What the programs of the machine's benchmark have in common. Each file of this directory is one
// program of a kind that real guests are; the same source is compiled for the host, for
// qemu-riscv32 and for Tandem, and must give the same checksum on all of them.
#ifndef SUITE_H
#define SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The program: does its work so many times, and answers with a checksum of all that it computed.
// The same rounds give the same checksum everywhere. The files of Entry/ call it.
uint32_t suite_run(uint32_t round_count);

// Pseudo-random words, the same on every machine (Marsaglia's xorshift with a multiplication).
typedef struct {
    uint32_t state;
} generator;

static inline uint32_t next(generator *source) {
    uint32_t word = source->state;
    word ^= word << 13;
    word ^= word >> 17;
    word ^= word << 5;
    source->state = word;
    return word * 0x9E3779B1;
}

// The checksum so far and one more value; the order of values matters.
static inline uint32_t mixed(uint32_t sum, uint32_t value) {
    sum = (sum ^ value) * 0x01000193;
    return sum ^ sum >> 15;
}

#endif
