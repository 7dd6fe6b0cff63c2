// Multiplying a point of secp256k1 by lambda only multiplies its x by beta, a cube root of 1. A
// scalar split into k1 + k2 lambda, each half as long, so has half the doublings (Gallant, Lambert
// and Vanstone).
#ifndef TANDEM_SECP256K1_SPLIT_H
#define TANDEM_SECP256K1_SPLIT_H

#include "tandem_curves.h"

// The bits of each half, at most. No digit of 0, 1 and -1 is above them either, as both halves are
// below two thirds of 2^128.
enum { TANDEM_SPLIT_BITS = 128 };

// scalar = halves[0] + halves[1] lambda modulo the order, each with the opposite sign if it is
// negative.
void tandem_secp256k1_split(
    tandem_u256 halves[2], bool are_negative[2], const tandem_u256 *scalar);

void tandem_secp256k1_times_lambda(tandem_point256 *result, const tandem_point256 *point);

#endif
