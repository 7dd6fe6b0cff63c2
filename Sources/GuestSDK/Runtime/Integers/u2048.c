// 2048-bit multiplication, plain and modulo a number (tandem_integers.h).
#include "tandem_integers.h"

#include "Integers/words.h"
#include "Precompiles/precompiles.h"
#include <string.h>

enum { SMALL_WORD_COUNT = 8, WORD_COUNT = 64, PRODUCT_WORD_COUNT = 128 };

#ifdef TANDEM_SP1_PRECOMPILES

typedef struct {
    uint32_t words[PRODUCT_WORD_COUNT];
} product;

void tandem_u256_times_u2048(
    tandem_u2048 *low, tandem_u256 *high, const tandem_u256 *left, const tandem_u2048 *right
) {
    tandem_sp1_u256xu2048_mul(left, right, low, high);
}

// sum += left * right, which fits; 256 bits of `left` at a time.
static void add_product(product *sum, const tandem_u2048 *left, const tandem_u2048 *right) {
    for (uint32_t place = 0; place < WORD_COUNT; place += SMALL_WORD_COUNT) {
        struct {
            tandem_u2048 low;
            tandem_u256 high;
        } part;
        tandem_sp1_u256xu2048_mul(
            (const tandem_u256 *)(left->words + place), right, &part.low, &part.high);
        uint32_t *target = sum->words + place;
        bool carry = tandem_words_add_inline(target, target, part.low.words, WORD_COUNT + 8);
        for (uint32_t above = place + WORD_COUNT + 8; carry && above < PRODUCT_WORD_COUNT;) {
            sum->words[above] += 1;
            carry = sum->words[above] == 0;
            above += 1;
        }
    }
}

// The host divides; that quotient * modulus + remainder is the product is checked here.
void tandem_u2048_mulmod(
    tandem_u2048 *result, const tandem_u2048 *left, const tandem_u2048 *right,
    const tandem_u2048 *modulus
) {
    struct {
        product dividend;
        tandem_u2048 modulus;
    } question = {.modulus = *modulus};
    add_product(&question.dividend, left, right);
    tandem_sp1_ask(TANDEM_SP1_HOOK_RSA_MUL_MOD, &question, sizeof question);
    const tandem_u2048 *remainder = (const void *)tandem_sp1_answer_of(sizeof(tandem_u2048));
    const tandem_u2048 *quotient = (const void *)tandem_sp1_answer_of(sizeof(tandem_u2048));
    product check = {0};
    memcpy(&check, remainder, sizeof *remainder);
    add_product(&check, quotient, modulus);
    if (tandem_words_compare(check.words, question.dividend.words, PRODUCT_WORD_COUNT) != 0
        || tandem_words_compare(remainder->words, modulus->words, WORD_COUNT) >= 0) {
        tandem_fail("the host's quotient and remainder are none");
    }
    *result = *remainder;
}

#else

void tandem_u256_times_u2048(
    tandem_u2048 *low, tandem_u256 *high, const tandem_u256 *left, const tandem_u2048 *right
) {
    uint32_t product[WORD_COUNT + SMALL_WORD_COUNT];
    tandem_words_multiply(product, left->words, SMALL_WORD_COUNT, right->words, WORD_COUNT);
    memcpy(low, product, sizeof *low);
    memcpy(high, product + WORD_COUNT, sizeof *high);
}

void tandem_u2048_mulmod(
    tandem_u2048 *result, const tandem_u2048 *left, const tandem_u2048 *right,
    const tandem_u2048 *modulus
) {
    tandem_words_mulmod(result->words, left->words, right->words, modulus->words, WORD_COUNT);
}

#endif
