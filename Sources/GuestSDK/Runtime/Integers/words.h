// Integers of any number of words, least significant first, in software. Results may be the same
// memory as operands unless it is said.
#ifndef TANDEM_WORDS_H
#define TANDEM_WORDS_H

#include <stdbool.h>
#include <stdint.h>

enum { TANDEM_WORD_COUNT_MAX = 64 };

bool tandem_words_are_zero(const uint32_t *words, uint32_t count);
int tandem_words_compare(const uint32_t *left, const uint32_t *right, uint32_t count);

// Return the carry or the borrow.
bool tandem_words_add(
    uint32_t *result, const uint32_t *left, const uint32_t *right, uint32_t count);
bool tandem_words_subtract(
    uint32_t *result, const uint32_t *left, const uint32_t *right, uint32_t count);

// The product, of `left_count` + `right_count` words, in memory of its own.
void tandem_words_multiply(
    uint32_t *result, const uint32_t *left, uint32_t left_count, const uint32_t *right,
    uint32_t right_count);

// Leaves `value` modulo `modulus` in the lowest `modulus_count` words of `value`. The modulus is
// not zero and has at most TANDEM_WORD_COUNT_MAX words, the value at most twice as many.
void tandem_words_reduce(
    uint32_t *value, uint32_t value_count, const uint32_t *modulus, uint32_t modulus_count);

// Of operands below the modulus.
void tandem_words_addmod(
    uint32_t *result, const uint32_t *left, const uint32_t *right, const uint32_t *modulus,
    uint32_t count);
void tandem_words_submod(
    uint32_t *result, const uint32_t *left, const uint32_t *right, const uint32_t *modulus,
    uint32_t count);
void tandem_words_mulmod(
    uint32_t *result, const uint32_t *left, const uint32_t *right, const uint32_t *modulus,
    uint32_t count);

// From and to big-endian bytes.
void tandem_words_load(uint32_t *words, const uint8_t *bytes, uint32_t count);
void tandem_words_store(const uint32_t *words, uint8_t *bytes, uint32_t count);

// The loops of the two above, for callers whose count is a constant.
static inline bool tandem_words_add_inline(
    uint32_t *result, const uint32_t *left, const uint32_t *right, uint32_t count
) {
    uint32_t carry = 0;
#pragma clang loop unroll_count(8)
    for (uint32_t index = 0; index < count; index += 1) {
        uint32_t addend = right[index], sum = left[index] + carry;
        carry = sum < carry;
        sum += addend;
        carry += sum < addend;
        result[index] = sum;
    }
    return carry != 0;
}

static inline bool tandem_words_subtract_inline(
    uint32_t *result, const uint32_t *left, const uint32_t *right, uint32_t count
) {
    uint32_t borrow = 0;
#pragma clang loop unroll_count(8)
    for (uint32_t index = 0; index < count; index += 1) {
        uint32_t from = left[index], taken = right[index];
        uint32_t difference = from - taken;
        result[index] = difference - borrow;
        borrow = (from < taken) + (difference < borrow);
    }
    return borrow != 0;
}

static inline bool tandem_words_bit(const uint32_t *words, uint32_t bit) {
    return words[bit / 32] >> (bit % 32) & 1;
}

#endif
