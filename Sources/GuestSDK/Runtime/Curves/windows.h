// Multiples of the generators: for every fifth or sixth bit, as many times the generator times 2^bit
// as half the numbers of so many bits. So a multiple is a sum of these and needs no doublings.
#ifndef TANDEM_WINDOWS_H
#define TANDEM_WINDOWS_H

#include "tandem_curves.h"

typedef struct {
    // The bits of a window. It has 1 and so on up to 2^(bits - 1) times the generator times 2^bit.
    uint32_t bit_count;
    const tandem_point256 *points;
} tandem_windows;

// For the 128 bits of half a scalar (secp256k1_split.h).
extern const tandem_windows tandem_secp256k1_windows;
// For the 253 bits of a scalar below the order.
extern const tandem_windows tandem_ed25519_windows;

#endif
