// 128-bit division under the names by which compilers call it. A 32-bit machine passes such
// numbers, and returns them, by reference: here that is written out.
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t low, high;
} wide;

enum { WIDE_BITS = 128 };

static wide doubled(wide value, uint64_t lowest) {
    return (wide){value.low << 1 | lowest, value.high << 1 | value.low >> 63};
}

static bool at_least(wide left, wide right) {
    return left.high != right.high ? left.high > right.high : left.low >= right.low;
}

static wide difference(wide left, wide right) {
    return (wide){left.low - right.low, left.high - right.high - (left.low < right.low)};
}

static wide magnitude(wide value) {
    return (int64_t)value.high < 0 ? difference((wide){0, 0}, value) : value;
}

// A bit at a time; `dividend` turns into the quotient as its bits move over to the remainder.
static wide divide(wide dividend, wide divisor, wide *remainder) {
    wide rest = {0, 0};
    for (int step = 0; step < WIDE_BITS; step += 1) {
        bool overflow = rest.high >> 63 != 0;
        rest = doubled(rest, dividend.high >> 63);
        bool fits = overflow || at_least(rest, divisor);
        if (fits) rest = difference(rest, divisor);
        dividend = doubled(dividend, fits);
    }
    *remainder = rest;
    return dividend;
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
