// ECDSA on secp256k1 and P-256 (FIPS 186-5 section 6.4), and Ethereum's recovery of the signer.
#include "tandem_signatures.h"

#include "Curves/group.h"
#include <string.h>

typedef struct {
    const tandem_group *group;
    const tandem_curve256_parameters *parameters;
    void (*combine)(
        tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
        const tandem_point256 *point);
} ecdsa_curve;

static bool is_scalar(const tandem_u256 *value, const tandem_u256 *order) {
    return !tandem_u256_is_zero(value) && tandem_u256_compare(value, order) < 0;
}

// r and s, each from 1 to the order less one.
static bool load_signature(
    tandem_u256 *r, tandem_u256 *s, const uint8_t *signature, const tandem_u256 *order
) {
    tandem_u256_load(r, signature);
    tandem_u256_load(s, signature + 32);
    return is_scalar(r, order) && is_scalar(s, order);
}

// Digests are as long as the order, which is above 2^255.
static void load_digest(tandem_u256 *value, const uint8_t digest[32], const tandem_u256 *order) {
    tandem_u256_load(value, digest);
    if (tandem_u256_compare(value, order) >= 0) tandem_u256_subtract(value, value, order);
}

static bool verify(
    const ecdsa_curve *curve, const uint8_t digest[32], const uint8_t signature[64],
    const uint8_t key[64]
) {
    const tandem_u256 *order = &curve->parameters->order;
    tandem_u256 r, s, e, inverse;
    tandem_point256 point;
    tandem_u256_load(&point.x, key);
    tandem_u256_load(&point.y, key + 32);
    if (tandem_group_is_identity(curve->group, &point)) return false;
    if (!tandem_group_contains(curve->group, &point)) return false;
    if (!load_signature(&r, &s, signature, order)) return false;
    if (!tandem_u256_invmod(&inverse, &s, order)) return false;
    load_digest(&e, digest, order);
    tandem_u256_mulmod(&e, &e, &inverse, order);
    tandem_u256_mulmod(&s, &r, &inverse, order);
    curve->combine(&point, &e, &s, &point);
    if (tandem_group_is_identity(curve->group, &point)) return false;
    // The order is above half the prime.
    if (tandem_u256_compare(&point.x, order) >= 0) {
        tandem_u256_subtract(&point.x, &point.x, order);
    }
    return tandem_u256_compare(&point.x, &r) == 0;
}

bool tandem_secp256k1_verify(
    const uint8_t digest[32], const uint8_t signature[64], const uint8_t key[64]
) {
    static const ecdsa_curve curve = {
        &tandem_secp256k1_group, &tandem_secp256k1, tandem_secp256k1_combine};
    return verify(&curve, digest, signature, key);
}

bool tandem_p256_verify(
    const uint8_t digest[32], const uint8_t signature[64], const uint8_t key[64]
) {
    static const ecdsa_curve curve = {&tandem_p256_group, &tandem_p256, tandem_p256_combine};
    return verify(&curve, digest, signature, key);
}
