// Sums of points of BLS12-381 G1, as group.h has them for the other curves.
#ifndef TANDEM_BLS12381_H
#define TANDEM_BLS12381_H

#include "tandem_curves.h"

#include "Precompiles/precompiles.h"

typedef struct {
    // Otherwise the sum is the identity.
    bool is_present;
#ifdef TANDEM_SP1_PRECOMPILES
    tandem_point384 point;
#else
    // x / z^2 and y / z^3.
    tandem_u384 x, y, z;
#endif
} tandem_sum384;

bool tandem_bls12381_is_identity(const tandem_point384 *point);
bool tandem_bls12381_are_equal(const tandem_u384 *left, const tandem_u384 *right);

void tandem_sum384_set(tandem_sum384 *sum, const tandem_point384 *point);
void tandem_sum384_double(tandem_sum384 *sum);
void tandem_sum384_add(tandem_sum384 *sum, const tandem_point384 *point);
void tandem_sum384_point(const tandem_sum384 *sum, tandem_point384 *point);

#endif
