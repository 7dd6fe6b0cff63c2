// Euclid's algorithm on the modulus and the scalar, halfway: each remainder is a multiple of the
// scalar, modulo the modulus, and the smaller the remainder the greater that multiple. While the
// numbers are long, many steps at a time are taken on their highest bits (Lehmer; Knuth 4.5.2 L).
#include "Curves/halves.h"

#include "Integers/words.h"

enum {
    WORD_COUNT = 8,
    FACTOR_WORD_COUNT = 5,
    HALF_BIT_COUNT = 128,
    ESTIMATE_BITS = 30,
    // By how many bits the numbers get shorter at most when steps are taken on ESTIMATE_BITS.
    LEAP_BITS = 16,
    QUOTIENT_BITS = 15,
};

// A remainder, and how many times the scalar it is, with the opposite sign in every other step.
typedef struct {
    tandem_u256 remainder;
    uint32_t factor[FACTOR_WORD_COUNT];
} step;

typedef struct {
    // The last step but one, and the last.
    step *before, *last;
    // Of the last step's factor.
    bool is_negative;
} state;

static uint32_t bit_count(const tandem_u256 *value) {
    uint32_t count = WORD_COUNT;
    while (count > 0 && value->words[count - 1] == 0) count -= 1;
    if (count == 0) return 0;
    return 32 * count - (uint32_t)__builtin_clz(value->words[count - 1]);
}

// The bits from `shift` on, which fit a word.
static uint32_t bits_from(const tandem_u256 *value, uint32_t shift) {
    uint32_t index = shift / 32, offset = shift % 32;
    uint32_t word = value->words[index] >> offset;
    if (offset > 0 && index + 1 < WORD_COUNT) word |= value->words[index + 1] << (32 - offset);
    return word;
}

// sum += value * digit.
static void add_multiple(uint32_t *sum, const uint32_t *value, uint32_t digit) {
    uint32_t carry = 0;
    for (uint32_t index = 0; index < FACTOR_WORD_COUNT; index += 1) {
        uint64_t word = (uint64_t)value[index] * digit + sum[index] + carry;
        sum[index] = (uint32_t)word;
        carry = (uint32_t)(word >> 32);
    }
}

// value -= other * digit, which is not below zero.
static void subtract_multiple(uint32_t *value, const uint32_t *other, uint32_t digit) {
    uint32_t carry = 0;
    for (uint32_t index = 0; index < WORD_COUNT; index += 1) {
        uint64_t word = (uint64_t)other[index] * digit + carry;
        uint32_t low = (uint32_t)word;
        carry = (uint32_t)(word >> 32) + (value[index] < low);
        value[index] -= low;
    }
}

// Takes the last step away from the one before while that is longer than `bit_count_max`, by digits
// that are never too great: at most the quotient of the highest bits. False when the quotient is
// above QUOTIENT_BITS, as hardly any is: a scalar with one is given up.
static bool shorten(step *before, const step *last, uint32_t bit_count_max) {
    uint32_t bits = bit_count(&before->remainder);
    if (bits > bit_count(&last->remainder) + QUOTIENT_BITS) return false;
    while (bits > bit_count_max
           && tandem_u256_compare(&before->remainder, &last->remainder) >= 0) {
        uint32_t shift = bits - ESTIMATE_BITS;
        uint32_t dividend = bits_from(&before->remainder, shift);
        uint32_t digit = dividend / (bits_from(&last->remainder, shift) + 1);
        if (digit == 0) digit = 1;
        subtract_multiple(before->remainder.words, last->remainder.words, digit);
        add_multiple(before->factor, last->factor, digit);
        bits = bit_count(&before->remainder);
    }
    return true;
}

// One division.
static bool divide(state *now) {
    step *before = now->before, *last = now->last;
    if (!shorten(before, last, 0)) return false;
    now->before = last;
    now->last = before;
    now->is_negative = !now->is_negative;
    return true;
}

// What many steps make of two numbers: a x + b y and c x + d y, where a and b have opposite signs,
// and c and d the signs of b and a.
typedef struct {
    int32_t a, b, c, d;
} matrix;

// Takes steps while both ends of what the highest bits leave open agree on the quotient. Half of
// the bits are used up when they no longer do, so that no number gets above 2^LEAP_BITS.
static matrix estimate(uint32_t high, uint32_t low) {
    matrix m = {1, 0, 0, 1};
    int32_t x = (int32_t)high, y = (int32_t)low;
    while (y + m.c != 0 && y + m.d != 0) {
        int32_t quotient = (x + m.a) / (y + m.c);
        if (quotient != (x + m.b) / (y + m.d)) break;
        int32_t next = m.a - quotient * m.c;
        m.a = m.c, m.c = next;
        next = m.b - quotient * m.d;
        m.b = m.d, m.d = next;
        next = x - quotient * y;
        x = y, y = next;
    }
    return m;
}

// x = a x + b y and y = c x + d y, neither below zero.
static void apply(matrix m, uint32_t *x, uint32_t *y, uint32_t count) {
    int64_t first = 0, second = 0;
    for (uint32_t index = 0; index < count; index += 1) {
        uint32_t left = x[index], right = y[index];
        first += (int64_t)m.a * left + (int64_t)m.b * right;
        second += (int64_t)m.c * left + (int64_t)m.d * right;
        x[index] = (uint32_t)first;
        y[index] = (uint32_t)second;
        first >>= 32;
        second >>= 32;
    }
}

static int32_t magnitude(int32_t value) { return value < 0 ? -value : value; }

// Many divisions at once; false when not even one is sure.
static bool leap(state *now) {
    step *before = now->before, *last = now->last;
    uint32_t bits = bit_count(&before->remainder), shift = bits - ESTIMATE_BITS;
    matrix m = estimate(
        bits_from(&before->remainder, shift), bits_from(&last->remainder, shift));
    if (m.b == 0) return false;
    apply(m, before->remainder.words, last->remainder.words, (bits + 31) / 32);
    // After an even number of steps d is positive.
    if (m.d < 0) now->is_negative = !now->is_negative;
    // The factors have opposite signs as well: their sizes add up.
    matrix sizes = {magnitude(m.a), magnitude(m.b), magnitude(m.c), magnitude(m.d)};
    apply(sizes, before->factor, last->factor, FACTOR_WORD_COUNT);
    return true;
}

// Whether both numbers of a step have at most TANDEM_HALF_BITS.
static bool is_half(const step *given) {
    uint32_t top = TANDEM_HALF_BITS - 32 * (FACTOR_WORD_COUNT - 1);
    return given->factor[FACTOR_WORD_COUNT - 1] >> top == 0
           && bit_count(&given->remainder) <= TANDEM_HALF_BITS;
}

bool tandem_find_halves(
    tandem_u256 *c, tandem_u256 *d, bool *d_is_negative, const tandem_u256 *scalar,
    const tandem_u256 *modulus
) {
    step steps[2] = {{.remainder = *modulus}, {*scalar, {1}}};
    state now = {&steps[0], &steps[1], false};
    while (bit_count(&now.last->remainder) > HALF_BIT_COUNT + LEAP_BITS) {
        if (!leap(&now) && !divide(&now)) return false;
    }
    while (bit_count(&now.last->remainder) > HALF_BIT_COUNT) {
        if (!divide(&now)) return false;
    }
    // Of two factors in a row at least one is odd. The step before may be too long; without a part
    // of the last one, whose factor then is even, its factor stays odd.
    const step *chosen = now.last;
    *d_is_negative = now.is_negative;
    if ((chosen->factor[0] & 1) == 0) {
        if (!shorten(now.before, now.last, TANDEM_HALF_BITS)) return false;
        chosen = now.before;
        *d_is_negative = !now.is_negative;
    }
    if (!is_half(chosen)) return false;
    *c = chosen->remainder;
    *d = (tandem_u256){{0}};
    for (uint32_t index = 0; index < FACTOR_WORD_COUNT; index += 1) {
        d->words[index] = chosen->factor[index];
    }
    return true;
}
