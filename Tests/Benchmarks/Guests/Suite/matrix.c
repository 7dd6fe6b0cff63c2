// Matrices of integers: products modulo 2^32, products modulo a prime, and an elimination.
#include "suite.h"

enum { SIDE = 64, PRIME = 65521 };

typedef uint32_t matrix[SIDE][SIDE];

static matrix left, right, product;

static void multiply(matrix result, matrix first, matrix second) {
    for (int row = 0; row < SIDE; row += 1) {
        for (int column = 0; column < SIDE; column += 1) {
            uint32_t sum = 0;
            for (int step = 0; step < SIDE; step += 1) {
                sum += first[row][step] * second[step][column];
            }
            result[row][column] = sum;
        }
    }
}

// Entries are below the prime, so that each product fits; reduced once in a while.
static void multiply_modulo(matrix result, matrix first, matrix second) {
    for (int row = 0; row < SIDE; row += 1) {
        for (int column = 0; column < SIDE; column += 1) {
            uint32_t sum = 0;
            for (int step = 0; step < SIDE; step += 1) {
                sum = (sum + first[row][step] * second[step][column] % PRIME) % PRIME;
            }
            result[row][column] = sum;
        }
    }
}

static uint32_t power(uint32_t base, uint32_t exponent) {
    uint32_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) result = result * base % PRIME;
        base = base * base % PRIME;
    }
    return result;
}

// Gauss' elimination modulo the prime; the product of the pivots.
static uint32_t determinant(matrix given) {
    uint32_t result = 1;
    for (int pivot = 0; pivot < SIDE; pivot += 1) {
        uint32_t inverse = power(given[pivot][pivot], PRIME - 2);
        result = result * given[pivot][pivot] % PRIME;
        for (int row = pivot + 1; row < SIDE; row += 1) {
            uint32_t factor = PRIME - given[row][pivot] * inverse % PRIME;
            for (int column = pivot; column < SIDE; column += 1) {
                uint32_t added = factor * given[pivot][column] % PRIME;
                given[row][column] = (given[row][column] + added) % PRIME;
            }
        }
    }
    return result;
}

static void fill(matrix filled, generator *source, uint32_t limit) {
    for (int row = 0; row < SIDE; row += 1) {
        for (int column = 0; column < SIDE; column += 1) filled[row][column] = next(source) % limit;
    }
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {5};
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        fill(left, &source, 0xFFFFFFFF);
        fill(right, &source, 0xFFFFFFFF);
        multiply(product, left, right);
        multiply(left, product, right);
        sum = mixed(sum, left[1][2] ^ left[SIDE - 1][SIDE - 3]);
        fill(left, &source, PRIME);
        fill(right, &source, PRIME);
        multiply_modulo(product, left, right);
        sum = mixed(sum, determinant(product));
    }
    return sum;
}
