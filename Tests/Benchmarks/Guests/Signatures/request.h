// What the programs of this directory are asked, the guests as input and the native ones as
// hexadecimal in their argument.
#ifndef REQUEST_H
#define REQUEST_H

#include <stdint.h>

enum { CURVE_SECP256K1, CURVE_P256, CURVE_ED25519 };

// chain: so many steps, each of a doubling and the addition of the generator, from its double.
typedef struct {
    uint32_t curve;
    uint32_t count;
} chain_request;

// verify and bitwise: so many checks of the signatures behind it, all of them in turn. An Ed25519 key
// fills half of its place; what it signed is the digest itself.
typedef struct {
    uint8_t key[64];
    uint8_t digest[32];
    uint8_t signature[64];
} signed_digest;

enum { SIGNATURE_COUNT = 100 };

typedef struct {
    uint32_t curve;
    uint32_t count;
    signed_digest signatures[SIGNATURE_COUNT];
} verify_request;

#endif
