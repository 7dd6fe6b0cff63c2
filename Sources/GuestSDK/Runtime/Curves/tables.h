// Odd multiples of the generators: 1, 3, 5 and so on up to 127.
#ifndef TANDEM_TABLES_H
#define TANDEM_TABLES_H

#include "tandem_curves.h"

// Signed digits of 8 bits are odd and below 128.
enum { TANDEM_GENERATOR_DIGIT_BITS = 8, TANDEM_GENERATOR_TABLE_SIZE = 64 };

extern const tandem_point256 tandem_secp256k1_table[TANDEM_GENERATOR_TABLE_SIZE];
extern const tandem_point256 tandem_p256_table[TANDEM_GENERATOR_TABLE_SIZE];
extern const tandem_point256 tandem_ed25519_table[TANDEM_GENERATOR_TABLE_SIZE];

// Of 2^128 times the generators.
extern const tandem_point256 tandem_secp256k1_high_table[TANDEM_GENERATOR_TABLE_SIZE];
extern const tandem_point256 tandem_ed25519_high_table[TANDEM_GENERATOR_TABLE_SIZE];

#endif
