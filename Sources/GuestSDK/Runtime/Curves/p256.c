// P-256 (secp256r1): y^2 = x^3 - 3 x + b.
#include "Curves/curve_functions.h"
#include "Curves/tables.h"

enum { SCALAR_BITS = 256 };

const tandem_group tandem_p256_group = {
    .form = TANDEM_WEIERSTRASS_MINUS_3,
    TANDEM_CALLS(SP1_SECP256R1_ADD, SP1_SECP256R1_DOUBLE),
    .b = {{0x27d2604b, 0x3bce3c3e, 0xcc53b0f6, 0x651d06b0,
           0x769886bc, 0xb3ebbd55, 0xaa3a93e7, 0x5ac635d8}},
    .minus_one = {{0xfffffffe, 0xffffffff, 0xffffffff, 0x00000000,
                   0x00000000, 0x00000000, 0x00000001, 0xffffffff}},
    .prime = {{0xffffffff, 0xffffffff, 0xffffffff, 0x00000000,
               0x00000000, 0x00000000, 0x00000001, 0xffffffff}},
};

TANDEM_POINT_FUNCTIONS(p256)
TANDEM_DOUBLE_FUNCTION(p256)
TANDEM_MULTIPLY_FUNCTION(p256)
TANDEM_DECOMPRESS_FUNCTION(p256)

void tandem_p256_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point
) {
    tandem_point256 table[TANDEM_POINT_TABLE_SIZE];
    const tandem_point256 *tables[TANDEM_COLUMN_COUNT] = {tandem_p256_table, table};
    tandem_digits digits = {0};
    tandem_sum sum;
    tandem_digits_write(&digits, 0, first, SCALAR_BITS, TANDEM_GENERATOR_DIGIT_BITS, false);
    if (!tandem_group_is_identity(&tandem_p256_group, point)) {
        tandem_group_odd_multiples(&tandem_p256_group, table, point);
        tandem_digits_write(&digits, 1, second, SCALAR_BITS, TANDEM_POINT_DIGIT_BITS, false);
    }
    tandem_group_sum(&tandem_p256_group, &sum, &digits, tables);
    tandem_sum_point(&tandem_p256_group, &sum, result);
}
