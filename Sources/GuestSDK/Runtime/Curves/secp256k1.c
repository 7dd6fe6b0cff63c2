// secp256k1: y^2 = x^3 + 7.
#include "Curves/addends.h"
#include "Curves/curve_functions.h"
#include "Curves/secp256k1_split.h"
#include "Curves/tables.h"
#include "Curves/windows.h"

const tandem_group tandem_secp256k1_group = {
    .form = TANDEM_WEIERSTRASS,
    TANDEM_CALLS(SP1_SECP256K1_ADD, SP1_SECP256K1_DOUBLE),
    .b = {{7}},
    .minus_one = {{0xfffffc2e, 0xfffffffe, 0xffffffff, 0xffffffff,
                   0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
    .prime = {{0xfffffc2f, 0xfffffffe, 0xffffffff, 0xffffffff,
               0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
};

TANDEM_POINT_FUNCTIONS(secp256k1)
TANDEM_DOUBLE_FUNCTION(secp256k1)
TANDEM_DECOMPRESS_FUNCTION(secp256k1)

#ifdef TANDEM_SP1_PRECOMPILES

// What is added up, and what is added up and then multiplied by lambda: for each, of the generator
// and of the point.
enum { PLAIN_SIDE, LAMBDA_SIDE, SIDE_COUNT };

static void append_generator(tandem_addends *addends, const tandem_u256 *scalar) {
    tandem_u256 halves[SIDE_COUNT];
    bool are_negative[SIDE_COUNT];
    tandem_secp256k1_split(halves, are_negative, scalar);
    for (uint32_t side = 0; side < SIDE_COUNT; side += 1) {
        tandem_addends_append_windows(
            addends, side, &tandem_secp256k1_group, &tandem_secp256k1_windows, &halves[side],
            TANDEM_SPLIT_BITS, are_negative[side]);
    }
}

static void append_multiple(
    tandem_addends *addends, const tandem_u256 *scalar, const tandem_point256 *point
) {
    tandem_u256 halves[SIDE_COUNT];
    bool are_negative[SIDE_COUNT];
    tandem_secp256k1_split(halves, are_negative, scalar);
    tandem_addends_append_powers(
        addends, &tandem_secp256k1_group, point, halves, are_negative, TANDEM_SPLIT_BITS);
}

// Both sides' sums as one.
static void finish(tandem_point256 *result, tandem_addends *addends) {
    const tandem_group *group = &tandem_secp256k1_group;
    tandem_point256 sums[SIDE_COUNT];
    tandem_addends_sum(addends, group, sums);
    tandem_secp256k1_times_lambda(&sums[LAMBDA_SIDE], &sums[LAMBDA_SIDE]);
    tandem_group_add(group, result, &sums[PLAIN_SIDE], &sums[LAMBDA_SIDE]);
}

void tandem_secp256k1_multiply(
    tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar
) {
    tandem_addends addends;
    tandem_addends_begin(&addends, SIDE_COUNT);
    append_multiple(&addends, scalar, point);
    finish(result, &addends);
}

void tandem_secp256k1_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point
) {
    tandem_addends addends;
    tandem_addends_begin(&addends, SIDE_COUNT);
    append_generator(&addends, first);
    append_multiple(&addends, second, point);
    finish(result, &addends);
}

#else

typedef tandem_point256 point_table[TANDEM_POINT_TABLE_SIZE];

// The tables for both halves of a scalar.
static void make_tables(
    point_table table, point_table lambda_table, const tandem_point256 *point
) {
    const tandem_group *group = &tandem_secp256k1_group;
    tandem_group_odd_multiples(group, table, point);
    for (int index = 0; index < TANDEM_POINT_TABLE_SIZE; index += 1) {
        tandem_secp256k1_times_lambda(&lambda_table[index], &table[index]);
    }
}

// Adds scalar * point, and the sum of what the digits' first two columns hold of the generator.
static void combine(
    tandem_point256 *result, tandem_digits *digits, const tandem_u256 *scalar,
    const tandem_point256 *point
) {
    const tandem_group *group = &tandem_secp256k1_group;
    point_table table, lambda_table;
    const tandem_point256 *tables[TANDEM_COLUMN_COUNT] = {
        tandem_secp256k1_table, tandem_secp256k1_high_table, table, lambda_table};
    tandem_sum sum;
    if (!tandem_group_is_identity(group, point)) {
        tandem_u256 halves[2];
        bool are_negative[2];
        tandem_secp256k1_split(halves, are_negative, scalar);
        make_tables(table, lambda_table, point);
        for (uint32_t side = 0; side < 2; side += 1) {
            tandem_digits_write(
                digits, 2 + side, &halves[side], TANDEM_SPLIT_BITS, TANDEM_POINT_DIGIT_BITS,
                are_negative[side]);
        }
    }
    tandem_group_sum(group, &sum, digits, tables);
    tandem_sum_point(group, &sum, result);
}

void tandem_secp256k1_multiply(
    tandem_point256 *result, const tandem_point256 *point, const tandem_u256 *scalar
) {
    tandem_digits digits = {0};
    combine(result, &digits, scalar, point);
}

void tandem_secp256k1_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point
) {
    tandem_digits digits = {0};
    tandem_digits_write_halves(&digits, 0, first);
    combine(result, &digits, second, point);
}

#endif
