// The base field of BLS12-381 and its quadratic extension (tandem_fields.h).
#include "tandem_fields.h"

#include "Integers/words.h"
#include "Precompiles/precompiles.h"

enum { WORD_COUNT = 12, BYTE_COUNT = 48 };

const tandem_u384 tandem_bls12381_prime = {{
    0xffffaaab, 0xb9feffff, 0xb153ffff, 0x1eabfffe, 0xf6b0f624, 0x6730d2a0,
    0xf38512bf, 0x64774b84, 0x434bacd7, 0x4b1ba7b6, 0x397fe69a, 0x1a0111ea,
}};

static const tandem_u384 one = {{1}};

#ifdef TANDEM_SP1_PRECOMPILES

#define OPERATION(name, call, Type) \
    void tandem_bls12381_##name(Type *result, const Type *left, const Type *right) { \
        Type value = *left; \
        sp1_call(call, &value, right); \
        *result = value; \
    }

OPERATION(fp_add, SP1_BLS12381_FP_ADD, tandem_u384)
OPERATION(fp_subtract, SP1_BLS12381_FP_SUB, tandem_u384)
OPERATION(fp_multiply, SP1_BLS12381_FP_MUL, tandem_u384)
OPERATION(fp2_add, SP1_BLS12381_FP2_ADD, tandem_bls12381_fp2)
OPERATION(fp2_subtract, SP1_BLS12381_FP2_SUB, tandem_bls12381_fp2)
OPERATION(fp2_multiply, SP1_BLS12381_FP2_MUL, tandem_bls12381_fp2)

static void ask(uint32_t hook, const tandem_u384 *value) {
    uint32_t question[WORD_COUNT];
    tandem_u384_store(value, (uint8_t *)question);
    tandem_sp1_ask(hook, question, sizeof question);
}

static bool is_product(
    const tandem_u384 *left, const tandem_u384 *right, const tandem_u384 *expected
) {
    tandem_u384 product;
    tandem_bls12381_fp_multiply(&product, left, right);
    return tandem_words_compare(product.words, expected->words, WORD_COUNT) == 0;
}

static void answer(tandem_u384 *value) {
    tandem_u384_load(value, tandem_sp1_answer_of(BYTE_COUNT));
    if (tandem_words_compare(value->words, tandem_bls12381_prime.words, WORD_COUNT) >= 0) {
        tandem_fail("the host's answer is not below the prime");
    }
}

bool tandem_bls12381_fp_inverse(tandem_u384 *result, const tandem_u384 *value) {
    tandem_u384 inverse;
    if (tandem_words_are_zero(value->words, WORD_COUNT)) return false;
    ask(TANDEM_SP1_HOOK_BLS12381_INVERSE, value);
    answer(&inverse);
    if (!is_product(&inverse, value, &one)) tandem_fail("the host's inverse is none");
    *result = inverse;
    return true;
}

// 2 has no root, so that a root of the double proves that the value has none.
bool tandem_bls12381_fp_sqrt(tandem_u384 *result, const tandem_u384 *value) {
    tandem_u384 square = *value, root;
    *result = (tandem_u384){{0}};
    if (tandem_words_are_zero(square.words, WORD_COUNT)) return true;
    ask(TANDEM_SP1_HOOK_BLS12381_SQRT, &square);
    bool exists = *tandem_sp1_answer_of(1) != 0;
    answer(&root);
    if (!exists) tandem_bls12381_fp_add(&square, &square, &square);
    if (!is_product(&root, &root, &square)) tandem_fail("the host's square root is none");
    if (exists) *result = root;
    return exists;
}

#else

void tandem_bls12381_fp_add(
    tandem_u384 *result, const tandem_u384 *left, const tandem_u384 *right
) {
    tandem_words_addmod(
        result->words, left->words, right->words, tandem_bls12381_prime.words, WORD_COUNT);
}

void tandem_bls12381_fp_subtract(
    tandem_u384 *result, const tandem_u384 *left, const tandem_u384 *right
) {
    tandem_words_submod(
        result->words, left->words, right->words, tandem_bls12381_prime.words, WORD_COUNT);
}

void tandem_bls12381_fp_multiply(
    tandem_u384 *result, const tandem_u384 *left, const tandem_u384 *right
) {
    tandem_words_mulmod(
        result->words, left->words, right->words, tandem_bls12381_prime.words, WORD_COUNT);
}

void tandem_bls12381_fp2_add(
    tandem_bls12381_fp2 *result, const tandem_bls12381_fp2 *left,
    const tandem_bls12381_fp2 *right
) {
    tandem_bls12381_fp_add(&result->c0, &left->c0, &right->c0);
    tandem_bls12381_fp_add(&result->c1, &left->c1, &right->c1);
}

void tandem_bls12381_fp2_subtract(
    tandem_bls12381_fp2 *result, const tandem_bls12381_fp2 *left,
    const tandem_bls12381_fp2 *right
) {
    tandem_bls12381_fp_subtract(&result->c0, &left->c0, &right->c0);
    tandem_bls12381_fp_subtract(&result->c1, &left->c1, &right->c1);
}

// (a0 + a1 u)(b0 + b1 u) = a0 b0 - a1 b1 + (a0 b1 + a1 b0) u.
void tandem_bls12381_fp2_multiply(
    tandem_bls12381_fp2 *result, const tandem_bls12381_fp2 *left,
    const tandem_bls12381_fp2 *right
) {
    tandem_u384 real, both, first, second;
    tandem_bls12381_fp_multiply(&real, &left->c0, &right->c0);
    tandem_bls12381_fp_multiply(&both, &left->c1, &right->c1);
    tandem_bls12381_fp_multiply(&first, &left->c0, &right->c1);
    tandem_bls12381_fp_multiply(&second, &left->c1, &right->c0);
    tandem_bls12381_fp_subtract(&result->c0, &real, &both);
    tandem_bls12381_fp_add(&result->c1, &first, &second);
}

static void power(tandem_u384 *result, const tandem_u384 *base, const tandem_u384 *exponent) {
    tandem_u384 value = one, factor = *base;
    for (uint32_t bit = 32 * WORD_COUNT; bit > 0; bit -= 1) {
        tandem_bls12381_fp_multiply(&value, &value, &value);
        if (tandem_words_bit(exponent->words, bit - 1)) {
            tandem_bls12381_fp_multiply(&value, &value, &factor);
        }
    }
    *result = value;
}

// value^(p - 2), Fermat's little theorem.
bool tandem_bls12381_fp_inverse(tandem_u384 *result, const tandem_u384 *value) {
    tandem_u384 exponent = tandem_bls12381_prime;
    if (tandem_words_are_zero(value->words, WORD_COUNT)) return false;
    exponent.words[0] -= 2;
    power(result, value, &exponent);
    return true;
}

// value^((p + 1) / 4), as the prime is 3 modulo 4.
bool tandem_bls12381_fp_sqrt(tandem_u384 *result, const tandem_u384 *value) {
    tandem_u384 exponent = tandem_bls12381_prime, root, square;
    exponent.words[0] += 1;
    for (int index = 0; index < WORD_COUNT; index += 1) {
        uint32_t above = index + 1 < WORD_COUNT ? exponent.words[index + 1] << 30 : 0;
        exponent.words[index] = exponent.words[index] >> 2 | above;
    }
    power(&root, value, &exponent);
    tandem_bls12381_fp_multiply(&square, &root, &root);
    bool exists = tandem_words_compare(square.words, value->words, WORD_COUNT) == 0;
    *result = exists ? root : (tandem_u384){{0}};
    return exists;
}

#endif
