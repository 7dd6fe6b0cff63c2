// IEEE 754 binary32. What becomes of other types is in float_conversions.c.
#include <stdint.h>

typedef uint32_t word;
enum { FRACTION_BITS = 23, EXPONENT_BITS = 8, DIGIT_BITS = 10, DIGITS = 3 };

static int leading_zeros(uint32_t value) { return __builtin_clz(value); }

static uint32_t multiply_high(uint32_t left, uint32_t right) {
    uint64_t product = (uint64_t)left * right;
    return (uint32_t)(product >> 32) | ((uint32_t)product != 0);
}

#include "floating_point.h"

uint32_t __addsf3(uint32_t left, uint32_t right) { return add(left, right); }
uint32_t __subsf3(uint32_t left, uint32_t right) { return add(left, right ^ SIGN_BIT); }
uint32_t __mulsf3(uint32_t left, uint32_t right) { return multiply(left, right); }
uint32_t __divsf3(uint32_t left, uint32_t right) { return divide(left, right); }
uint32_t __negsf2(uint32_t bits) { return bits ^ SIGN_BIT; }

int __eqsf2(uint32_t left, uint32_t right) { return compare(left, right, 1); }
int __nesf2(uint32_t left, uint32_t right) { return compare(left, right, 1); }
int __ltsf2(uint32_t left, uint32_t right) { return compare(left, right, 1); }
int __lesf2(uint32_t left, uint32_t right) { return compare(left, right, 1); }
int __gtsf2(uint32_t left, uint32_t right) { return compare(left, right, -1); }
int __gesf2(uint32_t left, uint32_t right) { return compare(left, right, -1); }
int __unordsf2(uint32_t left, uint32_t right) { return is_nan(left) || is_nan(right); }

uint32_t __floatunsisf(uint32_t value) { return pack((number){false, LEADING_BIT, value}); }

uint32_t __floatsisf(int32_t value) {
    uint32_t magnitude = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;
    return pack((number){value < 0, LEADING_BIT, magnitude});
}
