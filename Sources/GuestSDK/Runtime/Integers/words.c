#include "Integers/words.h"

#include <string.h>

bool tandem_words_are_zero(const uint32_t *words, uint32_t count) {
    uint32_t any = 0;
    for (uint32_t index = 0; index < count; index += 1) any |= words[index];
    return any == 0;
}

int tandem_words_compare(const uint32_t *left, const uint32_t *right, uint32_t count) {
    while (count > 0) {
        count -= 1;
        if (left[count] != right[count]) return left[count] < right[count] ? -1 : 1;
    }
    return 0;
}

bool tandem_words_add(
    uint32_t *result, const uint32_t *left, const uint32_t *right, uint32_t count
) {
    return tandem_words_add_inline(result, left, right, count);
}

bool tandem_words_subtract(
    uint32_t *result, const uint32_t *left, const uint32_t *right, uint32_t count
) {
    return tandem_words_subtract_inline(result, left, right, count);
}

void tandem_words_multiply(
    uint32_t *result, const uint32_t *left, uint32_t left_count, const uint32_t *right,
    uint32_t right_count
) {
    memset(result, 0, 4 * right_count);
    for (uint32_t row = 0; row < left_count; row += 1, result += 1) {
        uint32_t factor = left[row], carry = 0;
        for (uint32_t column = 0; column < right_count; column += 1) {
            // At most (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
            uint64_t sum = (uint64_t)factor * right[column] + result[column] + carry;
            result[column] = (uint32_t)sum;
            carry = (uint32_t)(sum >> 32);
        }
        result[right_count] = carry;
    }
}

// value -= modulus * digit, over `count` words and the one above; whether that went below zero.
static bool subtract_multiple(
    uint32_t *value, const uint32_t *modulus, uint32_t count, uint32_t digit
) {
    uint32_t carry = 0;
    for (uint32_t index = 0; index < count; index += 1) {
        uint64_t product = (uint64_t)digit * modulus[index] + carry;
        uint32_t low = (uint32_t)product;
        carry = (uint32_t)(product >> 32) + (value[index] < low);
        value[index] -= low;
    }
    bool below = value[count] < carry;
    value[count] -= carry;
    return below;
}

// Two words by one whose top bit is set, where the quotient is one word: schoolbook division with
// halves of words for digits.
static uint32_t divided(uint32_t high, uint32_t low, uint32_t divisor) {
    uint32_t upper = divisor >> 16, lower = divisor & 0xFFFF;
    uint32_t quotient = 0;
    for (int half = 0; half < 2; half += 1, low <<= 16) {
        uint32_t digit = high / upper, rest = high - digit * upper;
        uint32_t next = low >> 16;
        while (digit > 0xFFFF || digit * lower > (rest << 16 | next)) {
            digit -= 1;
            rest += upper;
            if (rest > 0xFFFF) break;
        }
        high = (high << 16 | next) - digit * divisor;
        quotient = quotient << 16 | digit;
    }
    return quotient;
}

// The words moved up by less than 32 bits, and what leaves the top.
static uint32_t shift_up(uint32_t *words, uint32_t count, uint32_t bits) {
    uint32_t carry = 0;
    if (bits == 0) return 0;
    for (uint32_t index = 0; index < count; index += 1) {
        uint32_t word = words[index];
        words[index] = word << bits | carry;
        carry = word >> (32 - bits);
    }
    return carry;
}

static void shift_down(uint32_t *words, uint32_t count, uint32_t bits) {
    if (bits == 0) return;
    for (uint32_t index = 0; index < count; index += 1) {
        uint32_t above = index + 1 < count ? words[index + 1] << (32 - bits) : 0;
        words[index] = words[index] >> bits | above;
    }
}

// Long division, Knuth's algorithm D: both numbers are shifted so that the modulus fills its top
// word, which makes an estimated digit at most two too great.
void tandem_words_reduce(
    uint32_t *value, uint32_t value_count, const uint32_t *modulus, uint32_t modulus_count
) {
    uint32_t scaled[TANDEM_WORD_COUNT_MAX], rest[2 * TANDEM_WORD_COUNT_MAX + 1];
    uint32_t count = modulus_count;
    while (modulus[count - 1] == 0) count -= 1;
    if (value_count < count) return;
    uint32_t bits = (uint32_t)__builtin_clz(modulus[count - 1]);
    memcpy(scaled, modulus, 4 * count);
    shift_up(scaled, count, bits);
    memcpy(rest, value, 4 * value_count);
    rest[value_count] = shift_up(rest, value_count, bits);

    uint32_t top = scaled[count - 1];
    for (uint32_t place = value_count - count + 1; place > 0; place -= 1) {
        uint32_t *window = rest + place - 1;
        uint32_t high = window[count];
        uint32_t digit = high >= top ? UINT32_MAX : divided(high, window[count - 1], top);
        if (!subtract_multiple(window, scaled, count, digit)) continue;
        // The window went below zero; adding the modulus back carries out of its top word when it
        // no longer is.
        while (true) {
            bool carry = tandem_words_add(window, window, scaled, count);
            window[count] += carry;
            if (carry && window[count] == 0) break;
        }
    }
    shift_down(rest, count + 1, bits);
    memset(value, 0, 4 * modulus_count);
    memcpy(value, rest, 4 * count);
}

void tandem_words_addmod(
    uint32_t *result, const uint32_t *left, const uint32_t *right, const uint32_t *modulus,
    uint32_t count
) {
    bool carry = tandem_words_add(result, left, right, count);
    if (carry || tandem_words_compare(result, modulus, count) >= 0) {
        tandem_words_subtract(result, result, modulus, count);
    }
}

void tandem_words_submod(
    uint32_t *result, const uint32_t *left, const uint32_t *right, const uint32_t *modulus,
    uint32_t count
) {
    if (tandem_words_subtract(result, left, right, count)) {
        tandem_words_add(result, result, modulus, count);
    }
}

void tandem_words_mulmod(
    uint32_t *result, const uint32_t *left, const uint32_t *right, const uint32_t *modulus,
    uint32_t count
) {
    uint32_t product[2 * TANDEM_WORD_COUNT_MAX];
    tandem_words_multiply(product, left, count, right, count);
    tandem_words_reduce(product, 2 * count, modulus, count);
    memcpy(result, product, 4 * count);
}

void tandem_words_load(uint32_t *words, const uint8_t *bytes, uint32_t count) {
    for (uint32_t index = 0; index < count; index += 1) {
        const uint8_t *byte = bytes + 4 * (count - 1 - index);
        words[index] = (uint32_t)byte[0] << 24 | byte[1] << 16 | byte[2] << 8 | byte[3];
    }
}

void tandem_words_store(const uint32_t *words, uint8_t *bytes, uint32_t count) {
    for (uint32_t index = 0; index < count; index += 1, bytes += 4) {
        uint32_t word = words[count - 1 - index];
        bytes[0] = (uint8_t)(word >> 24), bytes[1] = (uint8_t)(word >> 16);
        bytes[2] = (uint8_t)(word >> 8), bytes[3] = (uint8_t)word;
    }
}
