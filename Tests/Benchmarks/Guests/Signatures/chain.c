// A chain of doublings and additions of affine points through SP1's precompiles, as a program that
// multiplies a point by a number makes them.
//
//   input    chain_request
//   output   the last point, x and y, each 32 little-endian bytes
#include "request.h"
#include "tandem_sp1.h"
#include <string.h>

static void secp256k1_step(tandem_point256 *point) {
    tandem_sp1_secp256k1_double(point);
    tandem_sp1_secp256k1_add(point, &tandem_secp256k1.generator);
}

static void p256_step(tandem_point256 *point) {
    tandem_sp1_secp256r1_double(point);
    tandem_sp1_secp256r1_add(point, &tandem_p256.generator);
}

static void ed25519_step(tandem_point256 *point) {
    tandem_point256 same = *point;
    tandem_sp1_ed_add(point, &same);
    tandem_sp1_ed_add(point, &tandem_ed25519.generator);
}

int main(void) {
    tandem_bytes input = tandem_onchain_input();
    chain_request request;
    if (input.count != sizeof request) tandem_fail("the input is not a request");
    memcpy(&request, input.bytes, sizeof request);
    static void (*const steps[3])(tandem_point256 *) = {secp256k1_step, p256_step, ed25519_step};
    const tandem_curve256_parameters *const curves[3] = {
        &tandem_secp256k1, &tandem_p256, &tandem_ed25519};
    if (request.curve > CURVE_ED25519) tandem_fail("no such curve");
    tandem_point256 point = curves[request.curve]->generator;
    // Sums of equal points are not the precompiles' to make.
    if (request.curve == CURVE_SECP256K1) tandem_sp1_secp256k1_double(&point);
    if (request.curve == CURVE_P256) tandem_sp1_secp256r1_double(&point);
    if (request.curve == CURVE_ED25519) tandem_sp1_ed_add(&point, &tandem_ed25519.generator);
    for (uint32_t index = 0; index < request.count; index += 1) steps[request.curve](&point);
    tandem_commit(&point, sizeof point);
    return 0;
}
