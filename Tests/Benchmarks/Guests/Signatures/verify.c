// Checks a signature again and again, as the SDK does it.
//
//   input    verify_request
//   output   how often the signature was right, four little-endian bytes
#include "request.h"
#include "tandem.h"
#include "tandem_signatures.h"
#include <string.h>

static bool is_right(const verify_request *request) {
    const uint8_t *digest = request->digest;
    switch (request->curve) {
    case CURVE_SECP256K1:
        return tandem_secp256k1_verify(digest, request->signature, request->key);
    case CURVE_P256: return tandem_p256_verify(digest, request->signature, request->key);
    default: return tandem_ed25519_verify(digest, 32, request->signature, request->key);
    }
}

int main(void) {
    tandem_bytes input = tandem_onchain_input();
    verify_request request;
    if (input.count != sizeof request) tandem_fail("the input is not a request");
    memcpy(&request, input.bytes, sizeof request);
    uint32_t right_count = 0;
    for (uint32_t index = 0; index < request.count; index += 1) right_count += is_right(&request);
    tandem_commit(&right_count, sizeof right_count);
    return 0;
}
