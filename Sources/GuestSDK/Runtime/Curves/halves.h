// Numbers of half the length that stand for a scalar, so that a check of a signature has half the
// doublings (Antipa, Brown, Gallant, Lambert, Struik and Vanstone, 2005).
#ifndef TANDEM_HALVES_H
#define TANDEM_HALVES_H

#include "tandem_integers.h"

// The bits of each half, at most.
enum { TANDEM_HALF_BITS = 132 };

// Finds c and an odd d with scalar = c / d modulo `modulus`, both below 2^TANDEM_HALF_BITS, d with
// a sign of its own. The modulus is below 2^255, the scalar below the modulus. False for the rare
// scalars that have no such halves.
bool tandem_find_halves(
    tandem_u256 *c, tandem_u256 *d, bool *d_is_negative, const tandem_u256 *scalar,
    const tandem_u256 *modulus);

#endif
