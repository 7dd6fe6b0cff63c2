// 256-bit integers (tandem_integers.h): what needs no machine.
#include "tandem_integers.h"

#include "Integers/words.h"

enum { WORD_COUNT = 8 };

void tandem_u256_load(tandem_u256 *value, const uint8_t bytes[32]) {
    tandem_words_load(value->words, bytes, WORD_COUNT);
}

void tandem_u256_store(const tandem_u256 *value, uint8_t bytes[32]) {
    tandem_words_store(value->words, bytes, WORD_COUNT);
}

void tandem_u384_load(tandem_u384 *value, const uint8_t bytes[48]) {
    tandem_words_load(value->words, bytes, 12);
}

void tandem_u384_store(const tandem_u384 *value, uint8_t bytes[48]) {
    tandem_words_store(value->words, bytes, 12);
}

void tandem_u2048_load(tandem_u2048 *value, const uint8_t bytes[256]) {
    tandem_words_load(value->words, bytes, 64);
}

void tandem_u2048_store(const tandem_u2048 *value, uint8_t bytes[256]) {
    tandem_words_store(value->words, bytes, 64);
}

bool tandem_u256_is_zero(const tandem_u256 *value) {
    return tandem_words_are_zero(value->words, WORD_COUNT);
}

int tandem_u256_compare(const tandem_u256 *left, const tandem_u256 *right) {
    return tandem_words_compare(left->words, right->words, WORD_COUNT);
}

bool tandem_u256_add(tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right) {
    return tandem_words_add_inline(result->words, left->words, right->words, WORD_COUNT);
}

bool tandem_u256_subtract(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right
) {
    return tandem_words_subtract_inline(result->words, left->words, right->words, WORD_COUNT);
}

void tandem_u256_addmod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus
) {
    bool carry = tandem_u256_add(result, left, right);
    if (carry || tandem_u256_compare(result, modulus) >= 0) {
        tandem_u256_subtract(result, result, modulus);
    }
}

void tandem_u256_submod(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right,
    const tandem_u256 *modulus
) {
    if (tandem_u256_subtract(result, left, right)) tandem_u256_add(result, result, modulus);
}
