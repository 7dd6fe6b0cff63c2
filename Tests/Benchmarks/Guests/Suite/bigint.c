// Integers of 256 bits in limbs of 32: Montgomery products modulo the order of secp256k1's field,
// powers, and schoolbook division.
#include "suite.h"

enum { LIMBS = 8 };

typedef uint32_t number[LIMBS];

// 2^256 - 2^32 - 977
static const number prime = {0xFFFFFC2F, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF,
                             0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF};
// -1 / prime modulo 2^32, and 2^512 modulo the prime.
static const uint32_t negated_inverse = 0xD2253531;
static const number square_of_radix = {0x000E90A1, 0x000007A2, 1, 0, 0, 0, 0, 0};

static void copy(number to, const number from) {
    for (int index = 0; index < LIMBS; index += 1) to[index] = from[index];
}

// left - right; the borrow out of it.
static uint32_t subtract(number result, const number left, const number right) {
    uint64_t borrow = 0;
    for (int index = 0; index < LIMBS; index += 1) {
        uint64_t difference = (uint64_t)left[index] - right[index] - borrow;
        result[index] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    return (uint32_t)borrow;
}

static uint32_t add(number result, const number left, const number right) {
    uint64_t carry = 0;
    for (int index = 0; index < LIMBS; index += 1) {
        carry += (uint64_t)left[index] + right[index];
        result[index] = (uint32_t)carry;
        carry >>= 32;
    }
    return (uint32_t)carry;
}

static void add_modulo(number result, const number left, const number right) {
    number sum, reduced;
    uint32_t carry = add(sum, left, right);
    uint32_t borrow = subtract(reduced, sum, prime);
    copy(result, carry >= borrow ? reduced : sum);
}

// left × right / 2^256 modulo the prime, limb by limb (Koç's CIOS).
static void multiply(number result, const number left, const number right) {
    uint32_t t[LIMBS + 2] = {0};
    for (int outer = 0; outer < LIMBS; outer += 1) {
        uint64_t carry = 0;
        for (int inner = 0; inner < LIMBS; inner += 1) {
            carry += (uint64_t)left[inner] * right[outer] + t[inner];
            t[inner] = (uint32_t)carry;
            carry >>= 32;
        }
        carry += t[LIMBS];
        t[LIMBS] = (uint32_t)carry;
        t[LIMBS + 1] = (uint32_t)(carry >> 32);
        uint32_t factor = t[0] * negated_inverse;
        carry = ((uint64_t)factor * prime[0] + t[0]) >> 32;
        for (int inner = 1; inner < LIMBS; inner += 1) {
            carry += (uint64_t)factor * prime[inner] + t[inner];
            t[inner - 1] = (uint32_t)carry;
            carry >>= 32;
        }
        carry += t[LIMBS];
        t[LIMBS - 1] = (uint32_t)carry;
        t[LIMBS] = t[LIMBS + 1] + (uint32_t)(carry >> 32);
    }
    number reduced;
    uint32_t borrow = subtract(reduced, t, prime);
    copy(result, t[LIMBS] >= borrow ? reduced : t);
}

// base to the power of the prime minus two: the inverse.
static void invert(number result, const number base) {
    number power, one = {1, 0, 0, 0, 0, 0, 0, 0};
    multiply(power, one, square_of_radix);
    for (int bit = 255; bit >= 0; bit -= 1) {
        uint32_t word = bit < 32 ? prime[0] - 2 : prime[bit / 32];
        multiply(power, power, power);
        if (word >> (bit % 32) & 1) multiply(power, power, base);
    }
    copy(result, power);
}

// The remainder of 512 bits by 256, bit by bit.
static void remainder_of(number result, const uint32_t dividend[2 * LIMBS], const number divisor) {
    number rest = {0};
    for (int bit = 64 * LIMBS - 1; bit >= 0; bit -= 1) {
        uint32_t out = rest[LIMBS - 1] >> 31;
        for (int index = LIMBS - 1; index > 0; index -= 1) {
            rest[index] = rest[index] << 1 | rest[index - 1] >> 31;
        }
        rest[0] = rest[0] << 1 | (dividend[bit / 32] >> (bit % 32) & 1);
        number less;
        uint32_t borrow = subtract(less, rest, divisor);
        if (out >= borrow) copy(rest, less);
    }
    copy(result, rest);
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {6};
    number first, second, third;
    uint32_t wide[2 * LIMBS];
    uint32_t sum = 0;
    for (int index = 0; index < LIMBS; index += 1) first[index] = next(&source) >> 1;
    for (uint32_t round = 0; round < round_count; round += 1) {
        for (int index = 0; index < LIMBS; index += 1) second[index] = next(&source) >> 1;
        invert(third, first);
        for (int step = 0; step < 256; step += 1) {
            multiply(first, first, second);
            add_modulo(second, second, third);
        }
        copy(wide, first);
        copy(wide + LIMBS, second);
        remainder_of(third, wide, prime);
        sum = mixed(mixed(sum, third[0]), third[LIMBS - 1]);
    }
    return sum;
}
