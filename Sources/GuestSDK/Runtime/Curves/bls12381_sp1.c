// Sums of points of BLS12-381 by SP1's precompiles, which know no identity and add no equal or
// opposite points.
#include "Curves/bls12381.h"

#ifdef TANDEM_SP1_PRECOMPILES

#include "Integers/words.h"

void tandem_sum384_set(tandem_sum384 *sum, const tandem_point384 *point) {
    sum->is_present = !tandem_bls12381_is_identity(point);
    sum->point = *point;
}

// The curve has points of order 2 over no field of this size: -4 has no cube root in it.
void tandem_sum384_double(tandem_sum384 *sum) {
    if (sum->is_present) sp1_call(SP1_BLS12381_DOUBLE, &sum->point, &sum->point);
}

void tandem_sum384_add(tandem_sum384 *sum, const tandem_point384 *point) {
    if (!sum->is_present) {
        tandem_sum384_set(sum, point);
        return;
    }
    if (tandem_bls12381_is_identity(point)) return;
    if (!tandem_bls12381_are_equal(&sum->point.x, &point->x)) {
        sp1_call(SP1_BLS12381_ADD, &sum->point, point);
    } else if (tandem_bls12381_are_equal(&sum->point.y, &point->y)) {
        tandem_sum384_double(sum);
    } else {
        sum->is_present = false;
    }
}

void tandem_sum384_point(const tandem_sum384 *sum, tandem_point384 *point) {
    *point = sum->is_present ? sum->point : (tandem_point384){0};
}

#endif
