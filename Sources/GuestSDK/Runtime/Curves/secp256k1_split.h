// Multiplying a point of secp256k1 by lambda only multiplies its x by beta, a cube root of 1. A
// scalar split into k1 + k2 lambda, each half as long, so has half the doublings (Gallant, Lambert
// and Vanstone).
#ifndef TANDEM_SECP256K1_SPLIT_H
#define TANDEM_SECP256K1_SPLIT_H

#include "tandem_curves.h"

// The bits of each half, at most.
enum { TANDEM_SPLIT_BITS = 129 };

// scalar = k1 + k2 lambda modulo the order, or k1 - k2 lambda; true if so.
bool tandem_secp256k1_split(tandem_u256 *k1, tandem_u256 *k2, const tandem_u256 *scalar);

void tandem_secp256k1_times_lambda(tandem_point256 *result, const tandem_point256 *point);

#endif
