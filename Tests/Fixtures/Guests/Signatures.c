// tandem_signatures.h, on either machine. A result begins with a word that says whether the
// signature is right.
#include "checks.h"
#include "tandem_signatures.h"

// A digest and a signature; the address, or nothing.
static void ecrecover_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    result[0] = tandem_ecrecover(operands, operands + 32, result + 4);
}

static void recover_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    result[0] = tandem_secp256k1_recover(operands, operands + 32, result + 4);
}

// A digest, a signature and a key.
static void secp256k1_verify_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    result[0] = tandem_secp256k1_verify(operands, operands + 32, operands + 96);
}

static void p256_verify_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    result[0] = tandem_p256_verify(operands, operands + 32, operands + 96);
}

// A key, a signature and a message; the signature also from an odd address.
static void ed25519_verify_check(const uint8_t *operands, size_t count, uint8_t *result) {
    uint8_t copy[97];
    memcpy(copy + 1, operands, 96);
    result[0] = tandem_ed25519_verify(operands + 96, count - 96, operands + 32, operands);
    if (tandem_ed25519_verify(operands + 96, count - 96, copy + 33, copy + 1) != result[0]) {
        tandem_fail("ed25519_verify: otherwise from another address");
    }
}

// A signature and a modulus; what it opens to.
static void rsa2048_open_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    result[0] = tandem_rsa2048_open(operands, operands + 256, result + 4);
}

// A digest, a signature and a modulus.
static void rsa2048_verify_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    result[0] = tandem_rsa2048_verify_sha256(operands, operands + 32, operands + 288);
}

static void sha512_check(const uint8_t *operands, size_t count, uint8_t *result) {
    tandem_sha512_hasher hasher;
    tandem_sha512_begin(&hasher);
    tandem_sha512_update(&hasher, operands, count / 3);
    tandem_sha512_update(&hasher, operands + count / 3, count - count / 3);
    tandem_sha512_finish(&hasher, result);
}

static const check checks[] = {
    {"ecrecover", ecrecover_check},
    {"secp256k1_recover", recover_check},
    {"secp256k1_verify", secp256k1_verify_check},
    {"p256_verify", p256_verify_check},
    {"ed25519_verify", ed25519_verify_check},
    {"rsa2048_open", rsa2048_open_check},
    {"rsa2048_verify_sha256", rsa2048_verify_check},
    {"sha512", sha512_check},
};

int main(void) { return run_checks(checks, CHECK_COUNT(checks)); }
