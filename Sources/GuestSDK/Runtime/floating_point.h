// IEEE 754 arithmetic of one format in integers, rounding to nearest, ties to even. Every NaN that
// comes out is the same one, so that results stay determined. Who includes this has said what the
// format is:
//
//   word                   an unsigned integer as wide as the format
//   FRACTION_BITS          of the format
//   EXPONENT_BITS          of the format
//   DIGIT_BITS, DIGITS     what a quotient is put together from; at most 12, and at most
//                          LEADING_BIT bits in all
//   leading_zeros(value)   of a word that is not zero
//   multiply_high(a, b)    the upper half of the product of two words, sticky: its lowest bit is one
//                          when the lower half is not zero
#include <stdbool.h>
#include <stdint.h>

enum {
    WORD_BITS = 8 * sizeof(word),
    EXPONENT_SPECIAL = (1 << EXPONENT_BITS) - 1,
    EXPONENT_BIAS = EXPONENT_SPECIAL / 2,
    // A significand is worked on with its leading one in this bit, which leaves some bits for
    // rounding and one for the carry of a sum.
    LEADING_BIT = WORD_BITS - 2,
    ROUNDING_BITS = LEADING_BIT - FRACTION_BITS,
};

#define SIGN_BIT ((word)1 << (WORD_BITS - 1))
#define INFINITY_BITS ((word)EXPONENT_SPECIAL << FRACTION_BITS)
#define NAN_BITS (INFINITY_BITS | (word)1 << (FRACTION_BITS - 1))

// The number (-1)^negative × significand × 2^(exponent - LEADING_BIT).
typedef struct {
    bool negative;
    int32_t exponent;
    word significand;
} number;

static word magnitude_of(word bits) { return bits & ~SIGN_BIT; }

static bool is_nan(word bits) { return magnitude_of(bits) > INFINITY_BITS; }

static bool is_infinite(word bits) { return magnitude_of(bits) == INFINITY_BITS; }

static bool is_finite(word bits) {
    return (bits >> FRACTION_BITS & EXPONENT_SPECIAL) != EXPONENT_SPECIAL;
}

static word with_sign(word bits, bool negative) { return negative ? bits | SIGN_BIT : bits; }

// Moves down by one bit or more; a one in the lowest bit stands for all ones that were lost, which is
// all that rounding needs to know of them.
static word shift_down_sticky(word value, int32_t count) {
    if (count >= WORD_BITS) return value != 0;
    return value >> count | ((value << (WORD_BITS - count)) != 0);
}

// Sums and products are rarely more than two places off; the machines have no instruction that
// counts zeros, and the thirty that do it are for what cancelled.
static number normalized(number value) {
    if (value.significand == 0) return value;
    if (value.significand >> (LEADING_BIT + 1) != 0) {
        value.significand = shift_down_sticky(value.significand, 1);
        value.exponent += 1;
        return value;
    }
    for (int step = 0; step < 2; step += 1) {
        if (value.significand >> LEADING_BIT != 0) return value;
        value.significand <<= 1;
        value.exponent -= 1;
    }
    int shift = leading_zeros(value.significand) - (WORD_BITS - 1 - LEADING_BIT);
    value.significand <<= shift;
    value.exponent -= shift;
    return value;
}

// Of a finite number.
static number unpack(word bits) {
    int32_t field = (int32_t)(bits >> FRACTION_BITS & EXPONENT_SPECIAL);
    word fraction = bits & (((word)1 << FRACTION_BITS) - 1);
    bool negative = bits >> (WORD_BITS - 1) != 0;
    if (field == 0) {
        return normalized((number){negative, 1 - EXPONENT_BIAS, fraction << ROUNDING_BITS});
    }
    fraction |= (word)1 << FRACTION_BITS;
    return (number){negative, field - EXPONENT_BIAS, fraction << ROUNDING_BITS};
}

static inline __attribute__((always_inline)) word pack(number value) {
    value = normalized(value);
    if (value.significand == 0) return with_sign(0, value.negative);
    int32_t field = value.exponent + EXPONENT_BIAS;
    if (field >= EXPONENT_SPECIAL) return with_sign(INFINITY_BITS, value.negative);
    if (field < 1) {
        value.significand = shift_down_sticky(value.significand, 1 - field);
        field = 1;
    }
    word rounded = value.significand >> ROUNDING_BITS;
    uint32_t rest = (uint32_t)value.significand & ((1 << ROUNDING_BITS) - 1);
    uint32_t half = 1 << (ROUNDING_BITS - 1);
    if (rest > half || (rest == half && (rounded & 1) != 0)) rounded += 1;
    // The leading one adds itself to the exponent, as does a carry out of rounding; below the
    // normal numbers there is none, and the field ends as zero.
    return with_sign(((word)(field - 1) << FRACTION_BITS) + rounded, value.negative);
}

// One of them is not finite.
static word sum_with_infinity(word left, word right) {
    if (is_nan(left) || is_nan(right)) return NAN_BITS;
    if (is_finite(left)) return right;
    return is_infinite(right) && left != right ? NAN_BITS : left;
}

static word add(word left, word right) {
    if (!is_finite(left) || !is_finite(right)) return sum_with_infinity(left, right);
    bool left_is_greater = magnitude_of(left) >= magnitude_of(right);
    number greater = unpack(left_is_greater ? left : right);
    number lesser = unpack(left_is_greater ? right : left);
    if (lesser.significand == 0) {
        // Zeros of unlike sign add up to plus zero.
        if (greater.significand == 0) return left & right;
        return left_is_greater ? left : right;
    }
    int32_t distance = greater.exponent - lesser.exponent;
    // Its lowest bits are zeros.
    word aligned = distance <= ROUNDING_BITS ? lesser.significand >> distance
                                             : shift_down_sticky(lesser.significand, distance);
    if (greater.negative == lesser.negative) {
        greater.significand += aligned;
    } else {
        greater.significand -= aligned;
        if (greater.significand == 0) return 0;
    }
    return pack(greater);
}

// One of them is not finite.
static word product_with_infinity(word left, word right) {
    if (is_nan(left) || is_nan(right)) return NAN_BITS;
    bool zero = magnitude_of(left) == 0 || magnitude_of(right) == 0;
    return zero ? NAN_BITS : INFINITY_BITS | ((left ^ right) & SIGN_BIT);
}

static word multiply(word left, word right) {
    if (!is_finite(left) || !is_finite(right)) return product_with_infinity(left, right);
    bool negative = ((left ^ right) & SIGN_BIT) != 0;
    number first = unpack(left), second = unpack(right);
    word product = multiply_high(first.significand, second.significand);
    // The factors' 2^(-2 LEADING_BIT) and the half that is dropped make 2^(2 - LEADING_BIT).
    return pack((number){negative, first.exponent + second.exponent + 2, product});
}

// The quotient times 2^(DIGIT_BITS DIGITS), sticky. A digit is estimated by the next greater divisor
// of 16 bits: that is too small by less than two, so the rest stays below twice the divisor and the
// next digit takes up what is missing.
static word divide_significands(word dividend, word divisor) {
    enum { TOP_SHIFT = LEADING_BIT - 15, REST_SHIFT = WORD_BITS - 32 };
    uint32_t next_top = (uint32_t)(divisor >> TOP_SHIFT) + 1;
    word quotient = 0, rest = dividend;
    for (int step = 0; step < DIGITS; step += 1) {
        uint32_t digit = (uint32_t)(rest >> REST_SHIFT) / next_top;
        digit >>= TOP_SHIFT - REST_SHIFT - DIGIT_BITS;
        rest = (rest << DIGIT_BITS) - digit * divisor;
        quotient = (quotient << DIGIT_BITS) + digit;
    }
    bool fits = rest >= divisor;
    return (quotient + fits) | (rest != (fits ? divisor : 0));
}

// One of them is not finite, or zero is divided by.
static word quotient_with_infinity(word left, word right) {
    word sign = (left ^ right) & SIGN_BIT;
    if (is_nan(left) || is_nan(right)) return NAN_BITS;
    if (is_infinite(right)) return is_infinite(left) ? NAN_BITS : sign;
    return magnitude_of(left) == 0 ? NAN_BITS : INFINITY_BITS | sign;
}

static word divide(word left, word right) {
    if (!is_finite(left) || !is_finite(right) || magnitude_of(right) == 0) {
        return quotient_with_infinity(left, right);
    }
    bool negative = ((left ^ right) & SIGN_BIT) != 0;
    number dividend = unpack(left), divisor = unpack(right);
    word quotient = divide_significands(dividend.significand, divisor.significand);
    int32_t exponent = dividend.exponent - divisor.exponent + LEADING_BIT - DIGIT_BITS * DIGITS;
    return pack((number){negative, exponent, quotient});
}

// -1, 0 or 1; `unordered` when one is not a number.
static int compare(word left, word right, int unordered) {
    if (is_nan(left) || is_nan(right)) return unordered;
    if ((magnitude_of(left) | magnitude_of(right)) == 0) return 0;
    // Bits order as numbers do within a sign, once those of negative ones are turned over.
    word first = (left & SIGN_BIT) != 0 ? ~left : left | SIGN_BIT;
    word second = (right & SIGN_BIT) != 0 ? ~right : right | SIGN_BIT;
    return (first > second) - (first < second);
}
