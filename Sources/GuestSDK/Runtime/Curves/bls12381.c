// BLS12-381 G1: y^2 = x^3 + 4.
#include "Curves/bls12381.h"

#include "Integers/words.h"

enum { WORD_COUNT = 12, SCALAR_BITS = 256 };

static bool is_reduced(const tandem_u384 *value) {
    return tandem_words_compare(value->words, tandem_bls12381_prime.words, WORD_COUNT) < 0;
}

bool tandem_bls12381_are_equal(const tandem_u384 *left, const tandem_u384 *right) {
    // All but a few comparisons end here.
    if (left->words[0] != right->words[0]) return false;
    return tandem_words_compare(left->words, right->words, WORD_COUNT) == 0;
}

bool tandem_bls12381_is_identity(const tandem_point384 *point) {
    // Of other points, hardly any has this word zero.
    if (point->x.words[0] != 0) return false;
    return tandem_words_are_zero(point->x.words, WORD_COUNT)
           && tandem_words_are_zero(point->y.words, WORD_COUNT);
}

static void square_of_y(tandem_u384 *square, const tandem_u384 *x) {
    static const tandem_u384 four = {{4}};
    tandem_u384 cube;
    tandem_bls12381_fp_multiply(&cube, x, x);
    tandem_bls12381_fp_multiply(&cube, &cube, x);
    tandem_bls12381_fp_add(square, &cube, &four);
}

bool tandem_bls12381_is_on_curve(const tandem_point384 *point) {
    if (!is_reduced(&point->x) || !is_reduced(&point->y)) return false;
    if (tandem_bls12381_is_identity(point)) return true;
    tandem_u384 expected, square;
    square_of_y(&expected, &point->x);
    tandem_bls12381_fp_multiply(&square, &point->y, &point->y);
    return tandem_bls12381_are_equal(&square, &expected);
}

void tandem_bls12381_negate(tandem_point384 *result, const tandem_point384 *point) {
    static const tandem_u384 zero;
    result->x = point->x;
    tandem_bls12381_fp_subtract(&result->y, &zero, &point->y);
}

void tandem_bls12381_add(
    tandem_point384 *result, const tandem_point384 *left, const tandem_point384 *right
) {
    tandem_sum384 sum;
    tandem_sum384_set(&sum, left);
    tandem_sum384_add(&sum, right);
    tandem_sum384_point(&sum, result);
}

void tandem_bls12381_double(tandem_point384 *result, const tandem_point384 *point) {
    tandem_sum384 sum;
    tandem_sum384_set(&sum, point);
    tandem_sum384_double(&sum);
    tandem_sum384_point(&sum, result);
}

// Digits 1, 0 and -1: where 3 times the scalar and the scalar differ. -1 stands where only the
// scalar has a bit, so that a third of the places has a digit.
void tandem_bls12381_multiply(
    tandem_point384 *result, const tandem_point384 *point, const tandem_u256 *scalar
) {
    tandem_point384 plus = *point, minus;
    tandem_sum384 sum = {0};
    uint32_t single[9] = {0}, triple[9];
    for (int index = 0; index < 8; index += 1) single[index] = scalar->words[index];
    tandem_words_add(triple, single, single, 9);
    tandem_words_add(triple, triple, single, 9);
    tandem_bls12381_negate(&minus, point);
    for (uint32_t bit = SCALAR_BITS + 1; bit > 0; bit -= 1) {
        if (sum.is_present) tandem_sum384_double(&sum);
        bool above = tandem_words_bit(triple, bit), below = tandem_words_bit(single, bit);
        if (above && !below) tandem_sum384_add(&sum, &plus);
        if (below && !above) tandem_sum384_add(&sum, &minus);
    }
    tandem_sum384_point(&sum, result);
}

bool tandem_bls12381_decompress(tandem_point384 *point, const tandem_u384 *x, bool y_is_greater) {
    tandem_u384 square, y, opposite;
    static const tandem_u384 zero;
    if (!is_reduced(x)) return false;
    square_of_y(&square, x);
    if (!tandem_bls12381_fp_sqrt(&y, &square)) return false;
    tandem_bls12381_fp_subtract(&opposite, &zero, &y);
    bool is_greater = tandem_words_compare(y.words, opposite.words, WORD_COUNT) > 0;
    point->x = *x;
    point->y = is_greater == y_is_greater ? y : opposite;
    return true;
}
