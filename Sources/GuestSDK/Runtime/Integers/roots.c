// Inverses and square roots modulo a prime. SP1's hooks find them and they are checked here;
// without hooks they are powers.
#include "tandem_integers.h"

#include "Integers/words.h"
#include "Precompiles/precompiles.h"
#include <string.h>

static const tandem_u256 one = {{1}};

static void reduce(tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime) {
    if (tandem_u256_compare(value, prime) < 0) {
        *result = *value;
    } else {
        tandem_u256_mulmod(result, value, &one, prime);
    }
}

// Whether root * root is `value`, which is below the prime.
static bool is_root(
    const tandem_u256 *root, const tandem_u256 *value, const tandem_u256 *prime
) {
    tandem_u256 square;
    tandem_u256_mulmod(&square, root, root, prime);
    return tandem_u256_compare(&square, value) == 0;
}

#ifdef TANDEM_SP1_PRECOMPILES

enum { LENGTH_BYTE_COUNT = 4, NUMBER_BYTE_COUNT = 32 };

// The length of the numbers, then the numbers.
static void ask(uint32_t hook, const tandem_u256 *const *numbers, uint32_t count) {
    uint32_t question[1 + 3 * 8] = {tandem_swap_bytes(NUMBER_BYTE_COUNT)};
    uint8_t *next = (uint8_t *)question + LENGTH_BYTE_COUNT;
    for (uint32_t index = 0; index < count; index += 1, next += NUMBER_BYTE_COUNT) {
        tandem_u256_store(numbers[index], next);
    }
    tandem_sp1_ask(hook, question, LENGTH_BYTE_COUNT + count * NUMBER_BYTE_COUNT);
}

bool tandem_u256_invmod(
    tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime
) {
    tandem_u256 reduced, inverse, product;
    reduce(&reduced, value, prime);
    if (tandem_u256_is_zero(&reduced)) return false;
    const tandem_u256 *numbers[] = {&reduced, prime};
    ask(TANDEM_SP1_HOOK_FP_INVERSE, numbers, 2);
    tandem_u256_load(&inverse, tandem_sp1_answer_of(NUMBER_BYTE_COUNT));
    tandem_u256_mulmod(&product, &inverse, &reduced, prime);
    if (tandem_u256_compare(&product, &one) != 0) tandem_fail("the host's inverse is none");
    reduce(result, &inverse, prime);
    return true;
}

// A root of nonresidue * value proves that the value itself has none.
bool tandem_u256_sqrtmod(
    tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime,
    const tandem_u256 *nonresidue
) {
    tandem_u256 reduced, root;
    reduce(&reduced, value, prime);
    *result = (tandem_u256){{0}};
    if (tandem_u256_is_zero(&reduced)) return true;
    const tandem_u256 *numbers[] = {&reduced, prime, nonresidue};
    ask(TANDEM_SP1_HOOK_FP_SQRT, numbers, 3);
    bool exists = *tandem_sp1_answer_of(1) != 0;
    tandem_u256_load(&root, tandem_sp1_answer_of(NUMBER_BYTE_COUNT));
    if (!exists) tandem_u256_mulmod(&reduced, &reduced, nonresidue, prime);
    if (!is_root(&root, &reduced, prime)) tandem_fail("the host's square root is none");
    if (exists) reduce(result, &root, prime);
    return exists;
}

#else

// value^(p - 2), Fermat's little theorem.
bool tandem_u256_invmod(
    tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime
) {
    static const tandem_u256 two = {{2}};
    tandem_u256 reduced, exponent;
    reduce(&reduced, value, prime);
    if (tandem_u256_is_zero(&reduced)) return false;
    tandem_u256_subtract(&exponent, prime, &two);
    tandem_u256_powmod(result, &reduced, &exponent, prime);
    return true;
}

static void halve(tandem_u256 *value) {
    for (int index = 0; index < 8; index += 1) {
        uint32_t above = index < 7 ? value->words[index + 1] << 31 : 0;
        value->words[index] = value->words[index] >> 1 | above;
    }
}

// Tonelli and Shanks: p - 1 = 2^twos * odd. `root` squared is value * rest, where rest has an order
// that divides 2^(twos - 1); `unit` has the order 2^twos. Each round halves the order of rest.
bool tandem_u256_sqrtmod(
    tandem_u256 *result, const tandem_u256 *value, const tandem_u256 *prime,
    const tandem_u256 *nonresidue
) {
    tandem_u256 reduced, odd, unit, root, rest;
    reduce(&reduced, value, prime);
    *result = (tandem_u256){{0}};
    if (tandem_u256_is_zero(&reduced)) return true;
    tandem_u256_subtract(&odd, prime, &one);
    int twos = 0;
    for (; (odd.words[0] & 1) == 0; twos += 1) halve(&odd);
    tandem_u256_powmod(&unit, nonresidue, &odd, prime);
    halve(&odd);
    tandem_u256_powmod(&root, &reduced, &odd, prime);
    tandem_u256_mulmod(&rest, &root, &root, prime);
    tandem_u256_mulmod(&rest, &rest, &reduced, prime);
    tandem_u256_mulmod(&root, &root, &reduced, prime);
    for (int order = twos - 1; order > 0; order -= 1) {
        tandem_u256 power = rest;
        for (int step = 1; step < order; step += 1) {
            tandem_u256_mulmod(&power, &power, &power, prime);
        }
        if (tandem_u256_compare(&power, &one) != 0) {
            tandem_u256_mulmod(&root, &root, &unit, prime);
            tandem_u256_mulmod(&unit, &unit, &unit, prime);
            tandem_u256_mulmod(&rest, &rest, &unit, prime);
        } else {
            tandem_u256_mulmod(&unit, &unit, &unit, prime);
        }
    }
    if (!is_root(&root, &reduced, prime)) return false;
    *result = root;
    return true;
}

#endif
