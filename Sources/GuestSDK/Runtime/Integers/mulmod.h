// tandem_u256_mulmod in line, for moduli that are not zero.
#ifndef TANDEM_MULMOD_H
#define TANDEM_MULMOD_H

#include "tandem_integers.h"

#include "Integers/words.h"
#include "Precompiles/precompiles.h"

static inline void tandem_mulmod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus
) {
#if defined(TANDEM_SP1_PRECOMPILES)
    tandem_sp1_factor factor = {*right, *modulus};
    if (result != left) *result = *left;
    sp1_call(SP1_UINT256_MUL, result, &factor);
#elif defined(TANDEM_RISC0_PRECOMPILES)
    risc0_bigint(result, left, right, modulus);
#else
    tandem_words_mulmod(result->words, left->words, right->words, modulus->words, 8);
#endif
}

#endif
