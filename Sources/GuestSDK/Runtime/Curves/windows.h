// Multiples of the generators: for every fifth bit, 1 to 16 times the generator times 2^bit. So a
// multiple is a sum of these and needs no doublings.
#ifndef TANDEM_WINDOWS_H
#define TANDEM_WINDOWS_H

#include "tandem_curves.h"

enum {
    TANDEM_WINDOW_BITS = 5,
    TANDEM_WINDOW_SIZE = 16,
    // For the 129 bits of half a scalar (secp256k1_split.h), and for the 253 of Ed25519's order.
    TANDEM_SECP256K1_WINDOW_COUNT = 26,
    TANDEM_ED25519_WINDOW_COUNT = 51,
};

extern const tandem_point256
    tandem_secp256k1_windows[TANDEM_SECP256K1_WINDOW_COUNT * TANDEM_WINDOW_SIZE];
extern const tandem_point256
    tandem_ed25519_windows[TANDEM_ED25519_WINDOW_COUNT * TANDEM_WINDOW_SIZE];

#endif
