// Ed25519: -x^2 + y^2 = 1 + d x^2 y^2, with points in 32 bytes as RFC 8032 section 5.1 has them.
#include "Curves/addends.h"
#include "Curves/curve_functions.h"
#include "Curves/tables.h"
#include "Curves/windows.h"
#include "Integers/words.h"
#include <string.h>

enum { SCALAR_BITS = 256, ORDER_BITS = 253, WORD_COUNT = 8, ENCODED_BYTE_COUNT = 32 };

const tandem_group tandem_ed25519_group = {
    .form = TANDEM_EDWARDS,
    TANDEM_CALLS(SP1_ED_ADD, SP1_ED_ADD),
    .b = {{0x135978a3, 0x75eb4dca, 0x4141d8ab, 0x00700a4d,
           0x7779e898, 0x8cc74079, 0x2b6ffe73, 0x52036cee}},
    .minus_one = {{0xffffffec, 0xffffffff, 0xffffffff, 0xffffffff,
                   0xffffffff, 0xffffffff, 0xffffffff, 0x7fffffff}},
    .prime = {{0xffffffed, 0xffffffff, 0xffffffff, 0xffffffff,
               0xffffffff, 0xffffffff, 0xffffffff, 0x7fffffff}},
};

TANDEM_POINT_FUNCTIONS(ed25519)
TANDEM_MULTIPLY_FUNCTION(ed25519)

static const tandem_u256 one = {{1}}, two = {{2}};

#define PRIME (&tandem_ed25519_group.prime)

// With u = y^2 - 1 and v = d y^2 + 1, x^2 = u / v. v is never zero, as -1/d has no root.
static void fraction(tandem_u256 *u, tandem_u256 *v, const tandem_u256 *y) {
    tandem_u256_mulmod(u, y, y, PRIME);
    tandem_u256_mulmod(v, u, &tandem_ed25519_group.b, PRIME);
    tandem_u256_submod(u, u, &one, PRIME);
    tandem_u256_addmod(v, v, &one, PRIME);
}

#ifdef TANDEM_SP1_PRECOMPILES

static void load_answer(tandem_u256 *value) {
    memcpy(value, tandem_sp1_answer_of(ENCODED_BYTE_COUNT), ENCODED_BYTE_COUNT);
}

// The host says whether there is a root. If so, the precompile finds it, and fails the job when the
// host has lied; if not, the host gives a root of 2 u / v, and 2 has none.
static bool find_x(tandem_point256 *point, bool x_is_odd, const uint8_t bytes[32]) {
    uint32_t question[2 * WORD_COUNT];
    tandem_u256 u, v, inverse, root;
    fraction(&u, &v, &point->y);
    memcpy(question, bytes, ENCODED_BYTE_COUNT);
    memcpy(question + WORD_COUNT, &v, sizeof v);
    tandem_sp1_ask(TANDEM_SP1_HOOK_ED_DECOMPRESS, question, sizeof question);
    if (*tandem_sp1_answer_of(1) != 0) {
        sp1_call(SP1_ED_DECOMPRESS, point, (const void *)(uintptr_t)x_is_odd);
        return true;
    }
    load_answer(&inverse);
    load_answer(&root);
    tandem_u256_mulmod(&v, &v, &inverse, PRIME);
    tandem_u256_mulmod(&u, &u, &inverse, PRIME);
    tandem_u256_mulmod(&u, &u, &two, PRIME);
    tandem_u256_mulmod(&root, &root, &root, PRIME);
    if (tandem_u256_compare(&v, &one) != 0 || tandem_u256_compare(&root, &u) != 0) {
        tandem_fail("the host's proof that there is no such point is none");
    }
    return false;
}

#else

static bool find_x(tandem_point256 *point, bool x_is_odd, const uint8_t bytes[32]) {
    tandem_u256 u, v;
    (void)bytes;
    fraction(&u, &v, &point->y);
    tandem_u256_invmod(&v, &v, PRIME);
    tandem_u256_mulmod(&u, &u, &v, PRIME);
    if (!tandem_u256_sqrtmod(&point->x, &u, PRIME, &two)) return false;
    if ((point->x.words[0] & 1) != x_is_odd) {
        tandem_u256_subtract(&point->x, PRIME, &point->x);
    }
    return true;
}

#endif

bool tandem_ed25519_decompress(tandem_point256 *point, const uint8_t bytes[32]) {
    bool x_is_odd = bytes[ENCODED_BYTE_COUNT - 1] >> 7;
    memcpy(&point->y, bytes, ENCODED_BYTE_COUNT);
    point->y.words[WORD_COUNT - 1] &= 0x7FFFFFFF;
    point->x = (tandem_u256){{0}};
    if (tandem_u256_compare(&point->y, PRIME) >= 0) return false;
    // x is zero at y = 1 and y = -1, and zero has no sign.
    bool x_is_zero = tandem_u256_compare(&point->y, &one) == 0
                     || tandem_u256_compare(&point->y, &tandem_ed25519_group.minus_one) == 0;
    if (x_is_zero) return !x_is_odd;
    return find_x(point, x_is_odd, bytes);
}

void tandem_ed25519_compress(const tandem_point256 *point, uint8_t bytes[32]) {
    memcpy(bytes, &point->y, ENCODED_BYTE_COUNT);
    bytes[ENCODED_BYTE_COUNT - 1] |= (uint8_t)(point->x.words[0] << 7);
}

#ifdef TANDEM_SP1_PRECOMPILES

void tandem_ed25519_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point
) {
    static const bool is_negative = false;
    const tandem_group *group = &tandem_ed25519_group;
    tandem_addends addends;
    tandem_addends_begin(&addends, 1);
    tandem_addends_append_windows(
        &addends, 0, group, &tandem_ed25519_windows, first, ORDER_BITS, false);
    tandem_addends_append_powers(&addends, group, point, second, &is_negative, ORDER_BITS);
    tandem_addends_sum(&addends, group, result);
}

#else

void tandem_ed25519_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point
) {
    tandem_point256 table[TANDEM_POINT_TABLE_SIZE];
    const tandem_point256 *tables[TANDEM_COLUMN_COUNT] = {tandem_ed25519_table, table};
    tandem_digits digits = {0};
    tandem_sum sum;
    tandem_digits_write(&digits, 0, first, SCALAR_BITS, TANDEM_GENERATOR_DIGIT_BITS, false);
    tandem_group_odd_multiples(&tandem_ed25519_group, table, point);
    tandem_digits_write(&digits, 1, second, SCALAR_BITS, TANDEM_POINT_DIGIT_BITS, false);
    tandem_group_sum(&tandem_ed25519_group, &sum, &digits, tables);
    tandem_sum_point(&tandem_ed25519_group, &sum, result);
}

#endif
