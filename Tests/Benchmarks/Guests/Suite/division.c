// Division of 64-bit numbers: powers modulo a number, tests for primes, greatest common divisors
// and decimal digits. The host has an instruction for it, a 32-bit machine calls a function.
#include "suite.h"

static uint32_t power(uint32_t base, uint32_t exponent, uint32_t modulus) {
    uint32_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) result = (uint32_t)((uint64_t)result * base % modulus);
        base = (uint32_t)((uint64_t)base * base % modulus);
    }
    return result;
}

// Miller and Rabin's test of an odd number; these bases leave no doubt below 3,215,031,751.
static bool is_prime(uint32_t number) {
    static const uint32_t bases[] = {2, 3, 5, 7};
    uint32_t odd = number - 1, twos = 0;
    while (odd % 2 == 0) odd /= 2, twos += 1;
    for (int index = 0; index < 4; index += 1) {
        if (number % bases[index] == 0) return number == bases[index];
        uint32_t rest = power(bases[index], odd, number);
        bool passes = rest == 1;
        for (uint32_t step = 0; step < twos && !passes; step += 1) {
            passes = rest == number - 1;
            rest = (uint32_t)((uint64_t)rest * rest % number);
        }
        if (!passes) return false;
    }
    return true;
}

static uint64_t common_divisor(uint64_t left, uint64_t right) {
    while (right != 0) {
        uint64_t rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

static uint32_t digits(uint64_t number) {
    uint32_t sum = 0;
    for (; number != 0; number /= 10) sum = sum * 31 + (uint32_t)(number % 10);
    return sum;
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {81};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        uint32_t candidate = next(&source) >> 1 | 0x40000001;
        sum = mixed(sum, is_prime(candidate) ? candidate : 0);
        uint64_t left = (uint64_t)next(&source) << 32 | next(&source);
        uint64_t right = (uint64_t)(next(&source) >> 8) << 32 | next(&source);
        sum = mixed(sum, (uint32_t)common_divisor(left, right));
        sum = mixed(sum, digits(left));
    }
    return sum;
}
