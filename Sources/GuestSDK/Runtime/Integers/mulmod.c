// Multiplication modulo a 256-bit number, by UINT256_MUL, by BIGINT or in software, and powers.
#include "tandem_integers.h"

#include "Integers/mulmod.h"
#include <string.h>

enum { WORD_COUNT = 8, WINDOW_BITS = 4, WINDOW_SIZE = 1 << WINDOW_BITS };

// 2^256 for a modulus: the lower half of the plain product.
static void multiply_low(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right
) {
    uint32_t product[2 * WORD_COUNT];
    tandem_words_multiply(product, left->words, WORD_COUNT, right->words, WORD_COUNT);
    memcpy(result, product, sizeof *result);
}

void tandem_u256_mulmod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus
) {
#ifndef TANDEM_SP1_PRECOMPILES
    // Of other moduli, hardly any has this word zero.
    if (modulus->words[0] == 0 && tandem_u256_is_zero(modulus)) {
        multiply_low(result, left, right);
        return;
    }
#else
    (void)multiply_low;
#endif
    tandem_mulmod(result, left, right, modulus);
}

// Four bits of the exponent at a time.
void tandem_u256_powmod(
    tandem_u256 *result, const tandem_u256 *base, const tandem_u256 *exponent,
    const tandem_u256 *modulus
) {
    tandem_u256 powers[WINDOW_SIZE] = {{{1}}};
    tandem_u256 power;
    tandem_u256_mulmod(&powers[0], &powers[0], &powers[0], modulus);
    for (uint32_t index = 1; index < WINDOW_SIZE; index += 1) {
        tandem_u256_mulmod(&powers[index], &powers[index - 1], base, modulus);
    }
    uint32_t bit = 256;
    while (bit > 0 && exponent->words[(bit - 1) / 32] == 0) bit -= 32;
    power = powers[0];
    while (bit > 0) {
        bit -= WINDOW_BITS;
        for (int step = 0; step < WINDOW_BITS; step += 1) {
            tandem_u256_mulmod(&power, &power, &power, modulus);
        }
        uint32_t digit = exponent->words[bit / 32] >> (bit % 32) & (WINDOW_SIZE - 1);
        if (digit != 0) tandem_u256_mulmod(&power, &power, &powers[digit], modulus);
    }
    *result = power;
}
