// Sums of points of BLS12-381 in software, with x / z^2 for x and y / z^3 for y; the formulas are
// those of weierstrass_software.c, with additions in place of products by small numbers.
#include "Curves/bls12381.h"

#ifndef TANDEM_SP1_PRECOMPILES

#include "Integers/words.h"

#define MULTIPLY tandem_bls12381_fp_multiply
#define SUBTRACT tandem_bls12381_fp_subtract
#define ADD tandem_bls12381_fp_add

static bool is_zero(const tandem_u384 *value) { return tandem_words_are_zero(value->words, 12); }

void tandem_sum384_set(tandem_sum384 *sum, const tandem_point384 *point) {
    sum->is_present = !tandem_bls12381_is_identity(point);
    sum->x = point->x;
    sum->y = point->y;
    sum->z = (tandem_u384){{1}};
}

void tandem_sum384_double(tandem_sum384 *sum) {
    tandem_u384 slope, square, s, fourth, twice;
    if (!sum->is_present) return;
    MULTIPLY(&square, &sum->x, &sum->x);
    ADD(&slope, &square, &square);
    ADD(&slope, &slope, &square);
    MULTIPLY(&square, &sum->y, &sum->y);
    MULTIPLY(&s, &sum->x, &square);
    ADD(&s, &s, &s);
    ADD(&s, &s, &s);
    MULTIPLY(&fourth, &square, &square);
    for (int doubling = 0; doubling < 3; doubling += 1) ADD(&fourth, &fourth, &fourth);
    MULTIPLY(&sum->z, &sum->z, &sum->y);
    ADD(&sum->z, &sum->z, &sum->z);
    MULTIPLY(&sum->x, &slope, &slope);
    ADD(&twice, &s, &s);
    SUBTRACT(&sum->x, &sum->x, &twice);
    SUBTRACT(&s, &s, &sum->x);
    MULTIPLY(&sum->y, &slope, &s);
    SUBTRACT(&sum->y, &sum->y, &fourth);
}

static void add_present(tandem_sum384 *sum, const tandem_point384 *point) {
    tandem_u384 h, r, square, cube, part;
    MULTIPLY(&square, &sum->z, &sum->z);
    MULTIPLY(&h, &point->x, &square);
    SUBTRACT(&h, &h, &sum->x);
    MULTIPLY(&r, &point->y, &square);
    MULTIPLY(&r, &r, &sum->z);
    SUBTRACT(&r, &r, &sum->y);
    if (is_zero(&h)) {
        if (is_zero(&r)) {
            tandem_sum384_double(sum);
        } else {
            sum->is_present = false;
        }
        return;
    }
    MULTIPLY(&sum->z, &sum->z, &h);
    MULTIPLY(&square, &h, &h);
    MULTIPLY(&cube, &square, &h);
    MULTIPLY(&part, &sum->x, &square);
    MULTIPLY(&sum->x, &r, &r);
    SUBTRACT(&sum->x, &sum->x, &cube);
    ADD(&square, &part, &part);
    SUBTRACT(&sum->x, &sum->x, &square);
    SUBTRACT(&part, &part, &sum->x);
    MULTIPLY(&r, &r, &part);
    MULTIPLY(&cube, &cube, &sum->y);
    SUBTRACT(&sum->y, &r, &cube);
}

void tandem_sum384_add(tandem_sum384 *sum, const tandem_point384 *point) {
    if (!sum->is_present) {
        tandem_sum384_set(sum, point);
    } else if (!tandem_bls12381_is_identity(point)) {
        add_present(sum, point);
    }
}

void tandem_sum384_point(const tandem_sum384 *sum, tandem_point384 *point) {
    tandem_u384 inverse, square;
    *point = (tandem_point384){0};
    // z is never zero in a sum that is present.
    if (!sum->is_present || !tandem_bls12381_fp_inverse(&inverse, &sum->z)) return;
    MULTIPLY(&square, &inverse, &inverse);
    MULTIPLY(&point->x, &sum->x, &square);
    MULTIPLY(&square, &square, &inverse);
    MULTIPLY(&point->y, &sum->y, &square);
}

#endif
