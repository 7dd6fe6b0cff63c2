// RISC Zero's accelerators as the machine has them (version 1), for code that is written for RISC
// Zero alone. A program that calls one of these does not link for SP1, nor without precompiles.
// All pointers are to word-aligned memory.
#ifndef TANDEM_RISC0_H
#define TANDEM_RISC0_H

#include "tandem.h"
#include "tandem_integers.h"

#ifdef __cplusplus
extern "C" {
#endif

// SHA-256 compression of `count` blocks, at most 1000; the state is its 32 standard bytes.
void tandem_risc0_sha256_compress(uint32_t state[8], const uint32_t *blocks, uint32_t count);

// result = left right modulo the modulus. With a modulus of 0 it is the product, and the job fails
// when that is above 2^256 - 1.
void tandem_risc0_bigint(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus);

// Runs a program for the big-integer accelerator (RISC Zero 1.2 and later) on up to seven arenas,
// from which it reads operands and to which it writes results. A blob begins with four words: how
// many words its program, its check of the program, and its constants have, and how many it needs
// to itself.
void tandem_risc0_bigint2(const uint32_t *blob, void *const arenas[7]);

// Keccak-f[1600] by the host (RISC Zero 1.2).
void tandem_risc0_keccak_permute(uint64_t result[25], const uint64_t state[25]);

// Runs `work` in a forked child, whose cycles do not count and whose memory is thrown away (RISC
// Zero 1.1 and later). What it leaves behind is what it writes to the pipe; none of it is proven,
// so check it.
void tandem_risc0_unconstrained(
    void (*work)(void *context, uint32_t pipe), void *context, void *result, size_t count);
void tandem_risc0_pipe_write(uint32_t pipe, const void *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
