// IEEE 754 binary64 and binary32 in integers, rounding to nearest, ties to even: the machines have
// no floating point, and the compilers call these by the names below. Swift's Dictionary and Set
// size their tables with them. Every NaN that comes out is the same one, so that results stay
// determined.
#include <stdbool.h>
#include <stdint.h>

enum {
    FRACTION_BITS = 52,
    EXPONENT_SPECIAL = 0x7FF,
    EXPONENT_BIAS = 1023,
    // A significand is worked on with its leading one in this bit, which leaves ten bits for
    // rounding and one for the carry of a sum.
    LEADING_BIT = 62,
    ROUNDING_BITS = LEADING_BIT - FRACTION_BITS,
};

#define SIGN_BIT ((uint64_t)1 << 63)
#define INFINITY_BITS ((uint64_t)EXPONENT_SPECIAL << FRACTION_BITS)
#define NAN_BITS (INFINITY_BITS | (uint64_t)1 << (FRACTION_BITS - 1))

// The number (-1)^negative × significand × 2^(exponent - LEADING_BIT).
typedef struct {
    bool negative;
    int32_t exponent;
    uint64_t significand;
} number;

static uint64_t magnitude_of(uint64_t bits) { return bits & ~SIGN_BIT; }

static bool is_nan(uint64_t bits) { return magnitude_of(bits) > INFINITY_BITS; }

static bool is_infinite(uint64_t bits) { return magnitude_of(bits) == INFINITY_BITS; }

static uint64_t with_sign(uint64_t bits, bool negative) {
    return negative ? bits | SIGN_BIT : bits;
}

static int leading_zeros(uint64_t value) {
    uint32_t high = (uint32_t)(value >> 32);
    return high != 0 ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)value);
}

// Moves down; a one in the lowest bit stands for all ones that were lost, which is all that
// rounding needs to know of them.
static uint64_t shift_down_sticky(uint64_t value, int32_t count) {
    if (count <= 0) return value;
    if (count > 63) return value != 0;
    return value >> count | ((value << (64 - count)) != 0);
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
    int shift = leading_zeros(value.significand) - (63 - LEADING_BIT);
    value.significand <<= shift;
    value.exponent -= shift;
    return value;
}

// Of a finite number.
static number unpack(uint64_t bits) {
    int32_t field = (int32_t)(bits >> FRACTION_BITS & EXPONENT_SPECIAL);
    uint64_t fraction = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    bool negative = bits >> 63 != 0;
    if (field == 0) {
        return normalized((number){negative, 1 - EXPONENT_BIAS, fraction << ROUNDING_BITS});
    }
    fraction |= (uint64_t)1 << FRACTION_BITS;
    return (number){negative, field - EXPONENT_BIAS, fraction << ROUNDING_BITS};
}

static uint64_t pack(number value) {
    value = normalized(value);
    if (value.significand == 0) return with_sign(0, value.negative);
    int32_t field = value.exponent + EXPONENT_BIAS;
    if (field >= EXPONENT_SPECIAL) return with_sign(INFINITY_BITS, value.negative);
    if (field < 1) {
        value.significand = shift_down_sticky(value.significand, 1 - field);
        field = 1;
    }
    uint64_t rounded = value.significand >> ROUNDING_BITS;
    uint32_t rest = (uint32_t)value.significand & ((1 << ROUNDING_BITS) - 1);
    uint32_t half = 1 << (ROUNDING_BITS - 1);
    if (rest > half || (rest == half && (rounded & 1) != 0)) rounded += 1;
    // The leading one adds itself to the exponent, as does a carry out of rounding; below the
    // normal numbers there is none, and the field ends as zero.
    return with_sign(((uint64_t)(field - 1) << FRACTION_BITS) + rounded, value.negative);
}

uint64_t __adddf3(uint64_t left, uint64_t right) {
    if (is_nan(left) || is_nan(right)) return NAN_BITS;
    if (is_infinite(left)) return is_infinite(right) && left != right ? NAN_BITS : left;
    if (is_infinite(right)) return right;
    bool left_is_greater = magnitude_of(left) >= magnitude_of(right);
    number greater = unpack(left_is_greater ? left : right);
    number lesser = unpack(left_is_greater ? right : left);
    if (lesser.significand == 0) {
        // Zeros of unlike sign add up to plus zero.
        if (greater.significand == 0) return left & right;
        return left_is_greater ? left : right;
    }
    uint64_t aligned = shift_down_sticky(lesser.significand, greater.exponent - lesser.exponent);
    if (greater.negative == lesser.negative) {
        greater.significand += aligned;
    } else {
        greater.significand -= aligned;
        if (greater.significand == 0) return 0;
    }
    return pack(greater);
}

uint64_t __subdf3(uint64_t left, uint64_t right) { return __adddf3(left, right ^ SIGN_BIT); }

uint64_t __negdf2(uint64_t bits) { return bits ^ SIGN_BIT; }

// The upper 64 bits of the 128-bit product, sticky.
static uint64_t multiply_high(uint64_t left, uint64_t right) {
    uint64_t left_low = (uint32_t)left, left_high = left >> 32;
    uint64_t right_low = (uint32_t)right, right_high = right >> 32;
    uint64_t low = left_low * right_low;
    uint64_t first = left_high * right_low + (low >> 32);
    uint64_t second = left_low * right_high + (uint32_t)first;
    uint64_t high = left_high * right_high + (first >> 32) + (second >> 32);
    return high | ((uint32_t)second != 0 || (uint32_t)low != 0);
}

uint64_t __muldf3(uint64_t left, uint64_t right) {
    bool negative = (left ^ right) >> 63 != 0;
    if (is_nan(left) || is_nan(right)) return NAN_BITS;
    if (is_infinite(left) || is_infinite(right)) {
        bool zero = magnitude_of(left) == 0 || magnitude_of(right) == 0;
        return zero ? NAN_BITS : with_sign(INFINITY_BITS, negative);
    }
    number first = unpack(left), second = unpack(right);
    uint64_t product = multiply_high(first.significand, second.significand);
    // 2^(-62-62) of the factors and 2^64 dropped make 2^-60, two more than the number's own 2^-62.
    return pack((number){negative, first.exponent + second.exponent + 2, product});
}

// The quotient times 2^60, sticky. A digit is estimated by the next greater divisor of 16 bits: that
// is too small by less than two, so the rest stays below twice the divisor and next digits take up
// what is missing.
static uint64_t divide_significands(uint64_t dividend, uint64_t divisor) {
    enum { DIGIT_BITS = 12, DIGITS = 5, TOP_SHIFT = LEADING_BIT - 15 };
    uint32_t next_top = (uint32_t)(divisor >> TOP_SHIFT) + 1;
    uint64_t quotient = 0, rest = dividend;
    for (int step = 0; step < DIGITS; step += 1) {
        uint32_t digit = (uint32_t)(rest >> 32) / next_top >> (TOP_SHIFT - 32 - DIGIT_BITS);
        rest = (rest << DIGIT_BITS) - digit * divisor;
        quotient = (quotient << DIGIT_BITS) + digit;
    }
    bool fits = rest >= divisor;
    return (quotient + fits) | (rest != (fits ? divisor : 0));
}

uint64_t __divdf3(uint64_t left, uint64_t right) {
    bool negative = (left ^ right) >> 63 != 0;
    if (is_nan(left) || is_nan(right)) return NAN_BITS;
    if (is_infinite(left)) {
        return is_infinite(right) ? NAN_BITS : with_sign(INFINITY_BITS, negative);
    }
    if (is_infinite(right)) return with_sign(0, negative);
    if (magnitude_of(right) == 0) {
        return magnitude_of(left) == 0 ? NAN_BITS : with_sign(INFINITY_BITS, negative);
    }
    number dividend = unpack(left), divisor = unpack(right);
    uint64_t quotient = divide_significands(dividend.significand, divisor.significand);
    return pack((number){negative, dividend.exponent - divisor.exponent + 2, quotient});
}

// -1, 0 or 1; `unordered` when one is not a number.
static int compare(uint64_t left, uint64_t right, int unordered) {
    if (is_nan(left) || is_nan(right)) return unordered;
    if ((magnitude_of(left) | magnitude_of(right)) == 0) return 0;
    // Bits order as numbers do within a sign, once those of negative ones are turned over.
    uint64_t first = left >> 63 != 0 ? ~left : left | SIGN_BIT;
    uint64_t second = right >> 63 != 0 ? ~right : right | SIGN_BIT;
    return (first > second) - (first < second);
}

int __eqdf2(uint64_t left, uint64_t right) { return compare(left, right, 1); }
int __nedf2(uint64_t left, uint64_t right) { return compare(left, right, 1); }
int __ltdf2(uint64_t left, uint64_t right) { return compare(left, right, 1); }
int __ledf2(uint64_t left, uint64_t right) { return compare(left, right, 1); }
int __gtdf2(uint64_t left, uint64_t right) { return compare(left, right, -1); }
int __gedf2(uint64_t left, uint64_t right) { return compare(left, right, -1); }
int __unorddf2(uint64_t left, uint64_t right) { return is_nan(left) || is_nan(right); }

uint64_t __floatundidf(uint64_t value) { return pack((number){false, LEADING_BIT, value}); }

uint64_t __floatdidf(int64_t value) {
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    return pack((number){value < 0, LEADING_BIT, magnitude});
}

uint64_t __floatunsidf(uint32_t value) { return __floatundidf(value); }
uint64_t __floatsidf(int32_t value) { return __floatdidf(value); }

// The number without its fraction; at most the greatest 64-bit value.
static uint64_t whole_part(uint64_t bits) {
    if (is_nan(bits)) return 0;
    if (is_infinite(bits)) return UINT64_MAX;
    number value = unpack(bits);
    if (value.exponent < 0) return 0;
    if (value.exponent > 63) return UINT64_MAX;
    int32_t shift = LEADING_BIT - value.exponent;
    return shift < 0 ? value.significand << 1 : value.significand >> shift;
}

uint64_t __fixunsdfdi(uint64_t bits) { return bits >> 63 != 0 ? 0 : whole_part(bits); }

int64_t __fixdfdi(uint64_t bits) {
    uint64_t magnitude = whole_part(bits);
    if (bits >> 63 != 0) return magnitude > SIGN_BIT ? INT64_MIN : (int64_t)(0 - magnitude);
    return magnitude > INT64_MAX ? INT64_MAX : (int64_t)magnitude;
}

uint32_t __fixunsdfsi(uint64_t bits) {
    uint64_t value = __fixunsdfdi(bits);
    return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

int32_t __fixdfsi(uint64_t bits) {
    int64_t value = __fixdfdi(bits);
    if (value > INT32_MAX) return INT32_MAX;
    return value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

// Numbers from 2^52 on, infinities and NaN have no fraction to take away.
static uint64_t truncated(uint64_t bits) {
    if (magnitude_of(bits) >= (uint64_t)(EXPONENT_BIAS + FRACTION_BITS) << FRACTION_BITS) {
        return bits;
    }
    return with_sign(__floatundidf(whole_part(bits)), bits >> 63 != 0);
}

#define ONE_BITS ((uint64_t)EXPONENT_BIAS << FRACTION_BITS)

uint64_t trunc(uint64_t bits) { return truncated(bits); }

uint64_t ceil(uint64_t bits) {
    uint64_t whole = truncated(bits);
    return bits >> 63 == 0 && whole != bits ? __adddf3(whole, ONE_BITS) : whole;
}

uint64_t floor(uint64_t bits) {
    uint64_t whole = truncated(bits);
    return bits >> 63 != 0 && whole != bits ? __subdf3(whole, ONE_BITS) : whole;
}
