// 64-bit arithmetic that a 32-bit machine lacks, under the names by which compilers call it.
#include <stdint.h>

typedef struct {
    uint64_t quotient, remainder;
} division;

typedef struct {
    uint32_t quotient, remainder;
} word_division;

// The divisor of one word that was last used twice running, and what dividing by it without a
// division takes: programs divide by the same number again and again.
static struct {
    uint32_t divisor;
    // The last divisor of one word that was another.
    uint32_t other;
    // The divisor, its top bit shifted to the top, and by how many bits that is.
    uint32_t normalized;
    int shift;
    // (2^64 - 1) / normalized - 2^32
    uint32_t reciprocal;
} known = {.divisor = 1, .normalized = 1u << 31, .shift = 31, .reciprocal = UINT32_MAX};

// Divides a two-word number by one word whose top bit is set, in two steps of 16 bits. `high` is
// less than `divisor`, so that the quotient fits (Knuth, volume 2, 4.3.1, algorithm D).
static word_division divide_normalized(uint32_t high, uint32_t low, uint32_t divisor) {
    uint32_t top = divisor >> 16, bottom = divisor & 0xFFFF;
    uint32_t quotient = 0, rest = high;
    for (int shift = 16; shift >= 0; shift -= 16) {
        uint32_t next = low >> shift & 0xFFFF;
        uint32_t digit = rest / top, left = rest % top;
        while (digit > 0xFFFF || digit * bottom > (left << 16 | next)) {
            digit -= 1;
            left += top;
            if (left > 0xFFFF) break;
        }
        rest = (rest << 16 | next) - digit * divisor;
        quotient = quotient << 16 | digit;
    }
    return (word_division){quotient, rest};
}

// The same for the known divisor (Möller and Granlund, Improved division by invariant integers,
// algorithm 4).
static inline word_division divide_by_reciprocal(uint32_t high, uint32_t low) {
    uint64_t product = (uint64_t)known.reciprocal * high + ((uint64_t)high << 32 | low);
    uint32_t quotient = (uint32_t)(product >> 32) + 1;
    uint32_t rest = low - quotient * known.normalized;
    if (rest > (uint32_t)product) rest += known.normalized, quotient -= 1;
    if (__builtin_expect(rest >= known.normalized, 0)) rest -= known.normalized, quotient += 1;
    return (word_division){quotient, rest};
}

static inline division divide_by_known(uint64_t dividend) {
    uint32_t high = (uint32_t)(dividend >> 32), low = (uint32_t)dividend;
    if (high == 0) return (division){low / known.divisor, low % known.divisor};
    uint32_t first = 0;
    if (high >= known.divisor) {
        first = high / known.divisor;
        high %= known.divisor;
    }
    int shift = known.shift;
    // Shifting by all 32 bits, where nothing is to be shifted, is in two steps.
    uint32_t carried = low >> 1 >> (31 - shift);
    word_division second = divide_by_reciprocal(high << shift | carried, low << shift);
    return (division){(uint64_t)first << 32 | second.quotient, second.remainder >> shift};
}

static word_division divide_words(uint32_t high, uint32_t low, uint32_t divisor) {
    int shift = __builtin_clz(divisor);
    if (shift == 0) return divide_normalized(high, low, divisor);
    uint32_t shifted = high << shift | low >> (32 - shift);
    word_division result = divide_normalized(shifted, low << shift, divisor << shift);
    result.remainder >>= shift;
    return result;
}

static void learn(uint32_t divisor) {
    known.divisor = divisor;
    known.shift = __builtin_clz(divisor);
    known.normalized = divisor << known.shift;
    known.reciprocal = divide_normalized(~known.normalized, UINT32_MAX, known.normalized).quotient;
}

static division divide_by_word(uint64_t dividend, uint32_t divisor) {
    uint32_t high = (uint32_t)(dividend >> 32), low = (uint32_t)dividend;
    // Dividing by zero gives all ones and the dividend, as the machine's own instruction does.
    if (divisor == 0) return (division){UINT64_MAX, dividend};
    if (high == 0) return (division){low / divisor, low % divisor};
    if (divisor == known.other) {
        learn(divisor);
        return divide_by_known(dividend);
    }
    known.other = divisor;
    word_division rest = divide_words(high % divisor, low, divisor);
    return (division){(uint64_t)(high / divisor) << 32 | rest.quotient, rest.remainder};
}

// One word of the divisor, top bit set, against half the dividend: one less than this quotient is
// at most one too small.
static uint32_t long_quotient(uint64_t dividend, uint64_t divisor) {
    int shift = __builtin_clz((uint32_t)(divisor >> 32));
    uint32_t leading = (uint32_t)(divisor << shift >> 32);
    uint64_t half = dividend >> 1;
    word_division estimate = divide_normalized((uint32_t)(half >> 32), (uint32_t)half, leading);
    uint32_t quotient = (uint32_t)((uint64_t)estimate.quotient << shift >> 31);
    return quotient - (quotient != 0);
}

static division divide_by_two_words(uint64_t dividend, uint64_t divisor) {
    if (dividend < divisor) return (division){0, dividend};
    uint32_t top = (uint32_t)(divisor >> 32);
    if (top >> 31 != 0) return (division){1, dividend - divisor};
    // Against the next greater top: an estimate that does not exceed the top is at most three too
    // small. Most quotients of two long numbers are short.
    uint64_t quotient = (uint32_t)(dividend >> 32) / (top + 1);
    if (quotient > top) quotient = long_quotient(dividend, divisor);
    uint64_t remainder = dividend - quotient * divisor;
    while (remainder >= divisor) {
        quotient += 1;
        remainder -= divisor;
    }
    return (division){quotient, remainder};
}

static inline division divide_by_unknown(uint64_t dividend, uint64_t divisor) {
    if (divisor >> 32 == 0) return divide_by_word(dividend, (uint32_t)divisor);
    return divide_by_two_words(dividend, divisor);
}

// Called last and with the same arguments, so that dividing by what is known needs no frame.
static __attribute__((noinline)) uint64_t quotient_by_unknown(uint64_t dividend, uint64_t divisor) {
    return divide_by_unknown(dividend, divisor).quotient;
}

static __attribute__((noinline)) uint64_t remainder_by_unknown(uint64_t dividend, uint64_t divisor) {
    return divide_by_unknown(dividend, divisor).remainder;
}

uint64_t __udivdi3(uint64_t dividend, uint64_t divisor) {
    if (divisor != known.divisor) return quotient_by_unknown(dividend, divisor);
    return divide_by_known(dividend).quotient;
}

uint64_t __umoddi3(uint64_t dividend, uint64_t divisor) {
    if (divisor != known.divisor) return remainder_by_unknown(dividend, divisor);
    return divide_by_known(dividend).remainder;
}

uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
    uint64_t quotient = __udivdi3(dividend, divisor);
    if (remainder) *remainder = dividend - quotient * divisor;
    return quotient;
}

static uint64_t magnitude(int64_t value) {
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

int64_t __divdi3(int64_t dividend, int64_t divisor) {
    uint64_t quotient = __udivdi3(magnitude(dividend), magnitude(divisor));
    return (int64_t)((dividend ^ divisor) < 0 ? 0 - quotient : quotient);
}

int64_t __moddi3(int64_t dividend, int64_t divisor) {
    uint64_t remainder = __umoddi3(magnitude(dividend), magnitude(divisor));
    return (int64_t)(dividend < 0 ? 0 - remainder : remainder);
}

typedef union {
    uint64_t whole;
    struct {
        uint32_t low, high;
    };
} halves;

uint64_t __ashldi3(uint64_t value, int shift) {
    halves from = {.whole = value}, to = from;
    if (shift >= 32) {
        to.low = 0;
        to.high = from.low << (shift - 32);
    } else if (shift > 0) {
        to.low = from.low << shift;
        to.high = from.high << shift | from.low >> (32 - shift);
    }
    return to.whole;
}

uint64_t __lshrdi3(uint64_t value, int shift) {
    halves from = {.whole = value}, to = from;
    if (shift >= 32) {
        to.low = from.high >> (shift - 32);
        to.high = 0;
    } else if (shift > 0) {
        to.low = from.low >> shift | from.high << (32 - shift);
        to.high = from.high >> shift;
    }
    return to.whole;
}

int64_t __ashrdi3(int64_t value, int shift) {
    halves from = {.whole = (uint64_t)value}, to = from;
    int32_t high = (int32_t)from.high;
    if (shift >= 32) {
        to.low = (uint32_t)(high >> (shift - 32));
        to.high = (uint32_t)(high >> 31);
    } else if (shift > 0) {
        to.low = from.low >> shift | from.high << (32 - shift);
        to.high = (uint32_t)(high >> shift);
    }
    return (int64_t)to.whole;
}
