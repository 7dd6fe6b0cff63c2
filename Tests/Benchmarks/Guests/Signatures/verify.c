// Checks signatures, as the SDK does it.
//
//   input    verify_request
//   output   how many signatures were right, four little-endian bytes
#include "count_right.h"
#include "tandem_signatures.h"
#include <string.h>

static bool is_right(uint32_t curve, const signed_digest *given) {
    switch (curve) {
    case CURVE_SECP256K1:
        return tandem_secp256k1_verify(given->digest, given->signature, given->key);
    case CURVE_P256: return tandem_p256_verify(given->digest, given->signature, given->key);
    default: return tandem_ed25519_verify(given->digest, 32, given->signature, given->key);
    }
}

int main(void) { return count_right(is_right); }
