// Sieves of Eratosthenes: one of bytes, one of bits, and the least factors of all numbers.
#include "suite.h"

enum { LIMIT = 1 << 17, WORD_COUNT = LIMIT / 32 };

static uint8_t is_composite[LIMIT];
static uint32_t composite_bits[WORD_COUNT];
static uint16_t least_factor[LIMIT];
static uint32_t primes[LIMIT / 8];

static uint32_t sieve_bytes(void) {
    for (uint32_t index = 0; index < LIMIT; index += 1) is_composite[index] = 0;
    uint32_t count = 0;
    for (uint32_t number = 2; number < LIMIT; number += 1) {
        if (is_composite[number]) continue;
        count += 1;
        if (number >= 1 << 16) continue;
        for (uint32_t other = number * number; other < LIMIT; other += number) {
            if (other < number) break;
            is_composite[other] = 1;
        }
    }
    return count;
}

static uint32_t sieve_bits(void) {
    for (uint32_t index = 0; index < WORD_COUNT; index += 1) composite_bits[index] = 0;
    uint32_t count = 0;
    for (uint32_t number = 3; number < LIMIT; number += 2) {
        if (composite_bits[number >> 5] >> (number & 31) & 1) continue;
        count += 1;
        if (number >= 362) continue;
        for (uint32_t other = number * number; other < LIMIT; other += 2 * number) {
            composite_bits[other >> 5] |= 1u << (other & 31);
        }
    }
    return count + 1;
}

// Euler's sieve: every composite is crossed out once, by its least factor.
static uint32_t sieve_factors(void) {
    for (uint32_t index = 0; index < LIMIT; index += 1) least_factor[index] = 0;
    uint32_t count = 0;
    for (uint32_t number = 2; number < LIMIT; number += 1) {
        uint32_t own = least_factor[number];
        if (own == 0) primes[count++] = number;
        for (uint32_t index = 0; index < count; index += 1) {
            uint32_t multiple = primes[index] * number;
            if (multiple >= LIMIT || (own != 0 && primes[index] > own)) break;
            least_factor[multiple] = (uint16_t)primes[index];
        }
    }
    return count;
}

uint32_t suite_run(uint32_t round_count) {
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        sum = mixed(sum, sieve_bytes());
        sum = mixed(sum, sieve_bits());
        sum = mixed(sum, sieve_factors());
        sum = mixed(sum, least_factor[LIMIT - 1 - round % 1024]);
    }
    return sum;
}
