// Scalars as signed digits ("wNAF"): each digit is odd, and at least `digit_bits` places lie from
// one to the next, so that a sum of multiples has few additions.
#include "Curves/group.h"
#include "Curves/tables.h"

#include "Integers/words.h"

enum { WORD_COUNT = 8, HALF_WORD_COUNT = 4, HALF_BITS = 128 };

// A row of digits at once.
typedef uint32_t __attribute__((may_alias)) row_word;

// The `count` bits from `bit` on; those above the scalar are zero.
static uint32_t window(const tandem_u256 *scalar, uint32_t bit, uint32_t count) {
    uint32_t index = bit / 32, offset = bit % 32;
    uint32_t value = scalar->words[index] >> offset;
    if (offset + count > 32 && index + 1 < WORD_COUNT) {
        value |= scalar->words[index + 1] << (32 - offset);
    }
    return value & ((1u << count) - 1);
}

void tandem_digits_write(
    tandem_digits *digits, uint32_t column, const tandem_u256 *scalar, uint32_t bits,
    uint32_t digit_bits, bool negative
) {
    uint32_t carry = 0, bit = 0, count = 0;
    while (bit < bits) {
        if ((scalar->words[bit / 32] >> (bit % 32) & 1) == carry) {
            bit += 1;
            continue;
        }
        int32_t digit = (int32_t)(window(scalar, bit, digit_bits) + carry);
        carry = (uint32_t)digit >> (digit_bits - 1);
        digit -= (int32_t)(carry << digit_bits);
        digits->digits[bit][column] = (int8_t)(negative ? -digit : digit);
        count = bit + 1;
        bit += digit_bits;
    }
    if (carry != 0) {
        // Above the scalar only the carry is left.
        digits->digits[bit][column] = negative ? -1 : 1;
        count = bit + 1;
    }
    if (count > digits->count) digits->count = count;
}

void tandem_digits_write_halves(
    tandem_digits *digits, uint32_t column, const tandem_u256 *scalar
) {
    tandem_u256 low = {{0}}, high = {{0}};
    for (int index = 0; index < HALF_WORD_COUNT; index += 1) {
        low.words[index] = scalar->words[index];
        high.words[index] = scalar->words[HALF_WORD_COUNT + index];
    }
    tandem_digits_write(digits, column, &low, HALF_BITS, TANDEM_GENERATOR_DIGIT_BITS, false);
    tandem_digits_write(digits, column + 1, &high, HALF_BITS, TANDEM_GENERATOR_DIGIT_BITS, false);
}

void tandem_group_sum(
    const tandem_group *group, tandem_sum *sum, const tandem_digits *digits,
    const tandem_point256 *const odd_multiples[TANDEM_COLUMN_COUNT]
) {
    sum->is_present = false;
    for (uint32_t place = digits->count; place > 0;) {
        place -= 1;
        if (sum->is_present) tandem_sum_double(group, sum);
        const int8_t *row = digits->digits[place];
        if (*(const row_word *)row == 0) continue;
        for (uint32_t column = 0; column < TANDEM_COLUMN_COUNT; column += 1) {
            int32_t digit = row[column];
            if (digit > 0) {
                tandem_sum_add(group, sum, &odd_multiples[column][digit / 2]);
            } else if (digit < 0) {
                tandem_point256 opposite;
                tandem_group_negate(group, &opposite, &odd_multiples[column][-digit / 2]);
                tandem_sum_add(group, sum, &opposite);
            }
        }
    }
}
