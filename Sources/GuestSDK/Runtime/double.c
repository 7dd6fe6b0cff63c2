// IEEE 754 binary64: the machines have no floating point, and the compilers call these by the names
// below. Swift's Dictionary and Set size their tables with them.
#include <stdint.h>

typedef uint64_t word;
enum { FRACTION_BITS = 52, EXPONENT_BITS = 11, DIGIT_BITS = 12, DIGITS = 5 };

static int leading_zeros(uint64_t value) {
    uint32_t high = (uint32_t)(value >> 32);
    return high != 0 ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)value);
}

static uint64_t multiply_high(uint64_t left, uint64_t right) {
    uint64_t left_low = (uint32_t)left, left_high = left >> 32;
    uint64_t right_low = (uint32_t)right, right_high = right >> 32;
    uint64_t low = left_low * right_low;
    uint64_t first = left_high * right_low + (low >> 32);
    uint64_t second = left_low * right_high + (uint32_t)first;
    uint64_t high = left_high * right_high + (first >> 32) + (second >> 32);
    return high | ((uint32_t)second != 0 || (uint32_t)low != 0);
}

#include "floating_point.h"

uint64_t __adddf3(uint64_t left, uint64_t right) { return add(left, right); }
uint64_t __subdf3(uint64_t left, uint64_t right) { return add(left, right ^ SIGN_BIT); }
uint64_t __muldf3(uint64_t left, uint64_t right) { return multiply(left, right); }
uint64_t __divdf3(uint64_t left, uint64_t right) { return divide(left, right); }
uint64_t __negdf2(uint64_t bits) { return bits ^ SIGN_BIT; }

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
    return bits >> 63 == 0 && whole != bits ? add(whole, ONE_BITS) : whole;
}

uint64_t floor(uint64_t bits) {
    uint64_t whole = truncated(bits);
    return bits >> 63 != 0 && whole != bits ? add(whole, ONE_BITS | SIGN_BIT) : whole;
}
