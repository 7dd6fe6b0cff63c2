// 128-bit division under the names by which compilers call it. A 32-bit machine passes such
// numbers, and returns them, by reference: here that is written out.
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t low, high;
} wide;

static bool at_least(wide left, wide right) {
    return left.high != right.high ? left.high > right.high : left.low >= right.low;
}

static wide sum(wide left, uint64_t right) {
    uint64_t low = left.low + right;
    return (wide){low, left.high + (low < right)};
}

static wide difference(wide left, wide right) {
    return (wide){left.low - right.low, left.high - right.high - (left.low < right.low)};
}

static wide magnitude(wide value) {
    return (int64_t)value.high < 0 ? difference((wide){0, 0}, value) : value;
}

// The lower 128 bits of the product.
static wide product(wide value, uint32_t factor) {
    uint64_t low = (value.low & UINT32_MAX) * factor;
    uint64_t middle = (value.low >> 32) * factor + (low >> 32);
    return (wide){middle << 32 | (low & UINT32_MAX), value.high * factor + (middle >> 32)};
}

// By less than 128 bits; the two steps are for those by none.
static wide shifted_left(wide value, int count) {
    if (count >= 64) return (wide){0, value.low << (count - 64)};
    return (wide){value.low << count, value.high << count | value.low >> 1 >> (63 - count)};
}

static wide shifted_right(wide value, int count) {
    if (count >= 64) return (wide){value.high >> (count - 64), 0};
    return (wide){value.low >> count | value.high << 1 << (63 - count), value.high >> count};
}

// Of a number that is not zero.
static int leading_zeros(wide value) {
    return value.high != 0 ? __builtin_clzll(value.high) : 64 + __builtin_clzll(value.low);
}

// The divisor is moved to bit 126 for its leading one. A digit is estimated by its 16 leading bits
// and one: that is too small by less than two, so the rest stays below twice the divisor and the
// next digit takes up what is missing.
static wide divide_in_digits(wide dividend, wide divisor, wide *remainder) {
    enum { DIGIT_BITS = 12, TOP_BITS = 16 };
    int moved = leading_zeros(divisor) - 1, left = moved;
    divisor = shifted_left(divisor, moved);
    uint32_t next_top = (uint32_t)(divisor.high >> (63 - TOP_BITS)) + 1;
    wide quotient = {0, 0}, rest = dividend;
    while (at_least(rest, divisor)) {
        rest = difference(rest, divisor);
        quotient.low += 1;
    }
    while (left > 0) {
        int count = left < DIGIT_BITS ? left : DIGIT_BITS;
        uint32_t digit = (uint32_t)(rest.high >> 32) / next_top >> (TOP_BITS - 1 - count);
        rest = difference(shifted_left(rest, count), product(divisor, digit));
        quotient = sum(shifted_left(quotient, count), digit);
        left -= count;
    }
    if (at_least(rest, divisor)) {
        rest = difference(rest, divisor);
        quotient = sum(quotient, 1);
    }
    *remainder = shifted_right(rest, moved);
    return quotient;
}

static wide divide(wide dividend, wide divisor, wide *remainder) {
    // Dividing by zero gives all ones and the dividend, as the machine's own instruction does.
    if ((divisor.low | divisor.high) == 0) {
        *remainder = dividend;
        return (wide){UINT64_MAX, UINT64_MAX};
    }
    if ((dividend.high | divisor.high) == 0) {
        *remainder = (wide){dividend.low % divisor.low, 0};
        return (wide){dividend.low / divisor.low, 0};
    }
    if (divisor.high >> 63 == 0) return divide_in_digits(dividend, divisor, remainder);
    bool fits = at_least(dividend, divisor);
    *remainder = fits ? difference(dividend, divisor) : dividend;
    return (wide){fits, 0};
}

void __udivti3(wide *result, const wide *dividend, const wide *divisor) {
    wide remainder;
    *result = divide(*dividend, *divisor, &remainder);
}

void __umodti3(wide *result, const wide *dividend, const wide *divisor) {
    wide remainder;
    divide(*dividend, *divisor, &remainder);
    *result = remainder;
}

void __divti3(wide *result, const wide *dividend, const wide *divisor) {
    bool negative = (int64_t)(dividend->high ^ divisor->high) < 0;
    wide remainder;
    wide quotient = divide(magnitude(*dividend), magnitude(*divisor), &remainder);
    *result = negative ? difference((wide){0, 0}, quotient) : quotient;
}

void __modti3(wide *result, const wide *dividend, const wide *divisor) {
    bool negative = (int64_t)dividend->high < 0;
    wide remainder;
    divide(magnitude(*dividend), magnitude(*divisor), &remainder);
    *result = negative ? difference((wide){0, 0}, remainder) : remainder;
}
