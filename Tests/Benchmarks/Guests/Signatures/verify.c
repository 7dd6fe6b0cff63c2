// Checks signatures, as the SDK does it.
//
//   input    verify_request
//   output   how many signatures were right, four little-endian bytes
#include "request.h"
#include "tandem.h"
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

int main(void) {
    tandem_bytes input = tandem_onchain_input();
    static verify_request request;
    if (input.count != sizeof request) tandem_fail("the input is not a request");
    memcpy(&request, input.bytes, sizeof request);
    uint32_t right_count = 0;
    for (uint32_t index = 0; index < request.count; index += 1) {
        right_count += is_right(request.curve, &request.signatures[index % SIGNATURE_COUNT]);
    }
    tandem_commit(&right_count, sizeof right_count);
    return 0;
}
